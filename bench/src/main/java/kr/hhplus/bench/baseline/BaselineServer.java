package kr.hhplus.bench.baseline;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * The baseline: the same tables, HTTP stack and versions, but one transaction per request that locks its rows first.
 * Tuned as far as that design allows.
 */
@SpringBootApplication
public class BaselineServer {

    private static final int POOL = 24;

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(BaselineServer.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setDefaultProperties(Map.of(
                "spring.datasource.hikari.maximum-pool-size",
                POOL,
                "spring.datasource.hikari.minimum-idle",
                POOL,
                "spring.datasource.hikari.connection-timeout",
                30_000,
                "spring.datasource.hikari.transaction-isolation",
                "TRANSACTION_READ_COMMITTED",
                "server.tomcat.max-keep-alive-requests",
                10_000,
                "server.tomcat.max-connections",
                8_192,
                "server.tomcat.accept-count",
                1_024,
                "spring.jackson.default-property-inclusion",
                "non_null"));
        application.run(arguments);
    }

    @Bean
    ServletRegistrationBean<PrebuiltServlet> prebuiltServlet(PrebuiltBodies bodies) {
        return new ServletRegistrationBean<>(new PrebuiltServlet(bodies), "/servlet/*");
    }
}
