package kr.hhplus.commerce.web.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import kr.hhplus.commerce.web.problem.ProblemReportValve;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** What stands between the socket and Spring MVC, in this order: the frame, Spring's metrics, the whole body. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    private static final int PARAMETERS_MAX = 100;
    private static final int HEADERS_MAX = 64;

    /** Tomcat's own. */
    private static final int CONNECTIONS_MAX = 8_192;

    /** Tomcat's own. */
    private static final int THREADS_MAX = 200;

    /** More than the head has room for: at its own bound of ten Tomcat fails the request instead of refusing it. */
    private static final int LANGUAGES_MAX = 10_000;

    @Bean
    DrainPhase drain(HttpProperties properties) {
        return new DrainPhase(properties.shutdownDelay());
    }

    @Bean
    EarlyRefusals earlyRefusals(HttpProperties properties) {
        return new EarlyRefusals(properties);
    }

    @Bean
    FilterRegistrationBean<Filter> requestFrame(DrainPhase drain) {
        return everywhere(new RequestIdFilter(drain), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    ResponseWriter responseWriter(HttpProperties properties, Environment settings) {
        int threads = settings.getProperty("server.tomcat.threads.max", Integer.class, THREADS_MAX);
        long heapBytes = Runtime.getRuntime().maxMemory();
        return new ResponseWriter(
                properties.blockingWritesOf(threads),
                properties.unsentBytesOf(heapBytes),
                properties.responseDeadline());
    }

    /** Outside of everything that may answer, and inside of Spring's observation. */
    @Bean
    FilterRegistrationBean<Filter> responseFilter(ResponseWriter responses) {
        FilterRegistrationBean<Filter> registration =
                everywhere(new ResponseFilter(responses), Ordered.HIGHEST_PRECEDENCE + 3);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return registration;
    }

    /** After Spring's own observation (HIGHEST_PRECEDENCE + 1), so that refused bodies are counted too. */
    @Bean
    FilterRegistrationBean<Filter> bodyFilter(HttpProperties properties) {
        return everywhere(new BodyBufferingFilter(properties), Ordered.HIGHEST_PRECEDENCE + 10);
    }

    /** Once the body is here, so that a refusal waits for no rest of it, and before anything reads the headers. */
    @Bean
    FilterRegistrationBean<Filter> repeatedHeaderFilter(Environment settings) {
        boolean forwarded =
                !settings.getProperty("server.forward-headers-strategy", "none").equalsIgnoreCase("none");
        FilterRegistrationBean<Filter> registration =
                everywhere(new RepeatedHeaderFilter(forwarded), Ordered.HIGHEST_PRECEDENCE + 15);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return registration;
    }

    private static FilterRegistrationBean<Filter> everywhere(Filter filter, int order) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        registration.setOrder(order);
        return registration;
    }

    @Bean
    ContainerThreads containerThreads() {
        return new ContainerThreads();
    }

    @Bean
    ConnectionLimit connectionLimit(Environment settings) {
        int wanted = settings.getProperty("server.tomcat.max-connections", Integer.class, CONNECTIONS_MAX);
        return new ConnectionLimit(wanted, Runtime.getRuntime().maxMemory());
    }

    /** Bounds of the servlet container that no property sets, and its error page. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatBounds(
            HttpProperties properties, ContainerThreads threads, ConnectionLimit connections) {
        return tomcat -> {
            tomcat.setProtocol(PunctualProtocol.class.getName());
            tomcat.addEngineValves(new UnreadInput(), new ProblemReportValve());
            tomcat.addContextCustomizers(context ->
                    ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemReportValve.class.getName()));
            tomcat.addConnectorCustomizers(connector -> {
                PunctualProtocol protocol = (PunctualProtocol) connector.getProtocolHandler();
                protocol.setHeadDeadline(properties.headDeadline());
                protocol.setBusyThreads(
                        properties.busyThreadsOn(Runtime.getRuntime().availableProcessors()));
                connections.applyTo(connector);
                threads.belongTo(connector.getProtocolHandler());
                connector.setMaxParameterCount(PARAMETERS_MAX);
                connector.setMaxLocaleCount(LANGUAGES_MAX);
                connector.setProperty("maxHeaderCount", String.valueOf(HEADERS_MAX));
            });
        };
    }
}
