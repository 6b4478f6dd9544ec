package kr.hhplus.commerce.web.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.problem.ProblemReportValve;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** The embedded Tomcat and the filters in front of Spring MVC. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    private static final int PARAMETERS_MAX = 100;
    private static final int HEADERS_MAX = 64;

    /** The defaults of Tomcat. */
    private static final int CONNECTIONS_MAX = 8_192;

    private static final int THREADS_MAX = 200;

    /** More than fit into the request headers: above its limit, Tomcat fails a request instead of rejecting it. */
    private static final int LANGUAGES_MAX = 10_000;

    @Bean
    ShutdownDelay shutdownDelay(HttpProperties properties) {
        return new ShutdownDelay(properties.shutdownDelay());
    }

    @Bean
    RequestRejecter requestRejecter(HttpProperties properties) {
        return new RequestRejecter(properties);
    }

    @Bean
    FilterRegistrationBean<Filter> requestIdFilter(ShutdownDelay shutdown) {
        return forAllDispatches(new RequestIdFilter(shutdown), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    ResponseWriter responseWriter(HttpProperties properties, Environment environment) {
        int threads = environment.getProperty("server.tomcat.threads.max", Integer.class, THREADS_MAX);
        long heapBytes = Runtime.getRuntime().maxMemory();
        return new ResponseWriter(
                properties.blockingWritesOf(threads),
                properties.unsentBytesOf(heapBytes),
                properties.responseDeadline());
    }

    /** Before every filter that may respond, and inside Spring's observation. */
    @Bean
    FilterRegistrationBean<Filter> responseFilter(ResponseWriter responses) {
        FilterRegistrationBean<Filter> registration =
                forAllDispatches(new ResponseFilter(responses), Ordered.HIGHEST_PRECEDENCE + 3);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return registration;
    }

    /** Inside Spring's observation (HIGHEST_PRECEDENCE + 1), so that it counts rejected bodies too. */
    @Bean
    FilterRegistrationBean<Filter> bodyFilter(
            HttpProperties properties,
            Endpoints endpoints,
            BlockingRequestLimit blockingRequests,
            WebEndpointProperties actuator) {
        return forAllDispatches(
                new BodyBufferingFilter(properties, endpoints, blockingRequests, actuator.getBasePath() + "/"),
                Ordered.HIGHEST_PRECEDENCE + 10);
    }

    /** After the body has arrived, so that a rejection leaves no unread bytes; before any filter reads headers. */
    @Bean
    FilterRegistrationBean<Filter> repeatedHeaderFilter(Environment environment) {
        boolean forwarded = !environment
                .getProperty("server.forward-headers-strategy", "none")
                .equalsIgnoreCase("none");
        FilterRegistrationBean<Filter> registration =
                forAllDispatches(new RepeatedHeaderFilter(forwarded), Ordered.HIGHEST_PRECEDENCE + 15);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return registration;
    }

    private static FilterRegistrationBean<Filter> forAllDispatches(Filter filter, int order) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        registration.setOrder(order);
        return registration;
    }

    @Bean
    BlockingRequestLimit blockingRequestLimit(
            HttpProperties properties, Environment environment, MeterRegistry registry) {
        int threads = environment.getProperty("server.tomcat.threads.max", Integer.class, THREADS_MAX);
        BlockingRequestLimit limit =
                new BlockingRequestLimit(properties.blockingRequestsOf(threads), properties.requestDeadline());
        Gauge.builder("commerce.http.requests.waiting", limit::waiting)
                .description("Requests that wait because the maximum of blocking requests is running")
                .register(registry);
        return limit;
    }

    @Bean
    ConnectionLimit connectionLimit(Environment environment) {
        int configured = environment.getProperty("server.tomcat.max-connections", Integer.class, CONNECTIONS_MAX);
        return new ConnectionLimit(configured, Runtime.getRuntime().maxMemory());
    }

    /**
     * Sets Tomcat's limits that have no Spring Boot property, and problem documents for requests that Tomcat rejects.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatLimits(ConnectionLimit connections) {
        return tomcat -> {
            tomcat.addEngineValves(new ProblemReportValve());
            tomcat.addContextCustomizers(context ->
                    ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemReportValve.class.getName()));
            tomcat.addConnectorCustomizers(connector -> {
                connections.applyTo(connector);
                connector.setMaxParameterCount(PARAMETERS_MAX);
                connector.setMaxLocaleCount(LANGUAGES_MAX);
                connector.setProperty("maxHeaderCount", String.valueOf(HEADERS_MAX));
            });
        };
    }
}
