package kr.hhplus.commerce.web.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.problem.ProblemReportValve;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.observation.ObservationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** The embedded Tomcat and the filters in front of Spring MVC. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    private static final int PARAMETERS_MAX = 100;
    private static final int HEADERS_MAX = 64;

    /** The defaults of Tomcat. */
    private static final int CONNECTIONS_MAX = 8_192;

    private static final int THREADS_MAX = 200;

    private static final EnumSet<DispatcherType> REQUESTS = EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC);
    private static final EnumSet<DispatcherType> REQUESTS_AND_ERRORS =
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);

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
        return registration(new RequestIdFilter(shutdown), FilterOrder.REQUEST_ID, REQUESTS_AND_ERRORS);
    }

    /** Replaces the filter of Spring Boot. */
    @Bean
    FilterRegistrationBean<ServerHttpObservationFilter> observationFilter(
            ObservationRegistry registry,
            ObjectProvider<ServerRequestObservationConvention> convention,
            ObservationProperties properties) {
        String name = properties.getHttp().getServer().getRequests().getName();
        return registration(
                new RequestObservationFilter(
                        registry, convention.getIfAvailable(() -> new DefaultServerRequestObservationConvention(name))),
                FilterOrder.OBSERVATION,
                REQUESTS);
    }

    @Bean
    ResponseCache responseCache(Endpoints endpoints, MeterRegistry registry) {
        ResponseCache responses = new ResponseCache(request -> {
            Endpoint endpoint = endpoints.find(request);
            return endpoint != null && endpoint.cached();
        });
        CaffeineCacheMetrics.monitor(registry, responses.entries(), "responses");
        return responses;
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

    @Bean
    FilterRegistrationBean<Filter> responseFilter(ResponseWriter responses) {
        return registration(new ResponseFilter(responses), FilterOrder.RESPONSE, REQUESTS);
    }

    @Bean
    FilterRegistrationBean<Filter> bodyFilter(
            HttpProperties properties,
            Endpoints endpoints,
            ResponseCache cachedResponses,
            BlockingRequestLimit blockingRequests,
            WebEndpointProperties actuator) {
        return registration(
                new BodyBufferingFilter(
                        properties, endpoints, cachedResponses, blockingRequests, actuator.getBasePath() + "/"),
                FilterOrder.BODY,
                REQUESTS_AND_ERRORS);
    }

    @Bean
    FilterRegistrationBean<Filter> repeatedHeaderFilter(Environment environment) {
        boolean forwarded = !environment
                .getProperty("server.forward-headers-strategy", "none")
                .equalsIgnoreCase("none");
        return registration(new RepeatedHeaderFilter(forwarded), FilterOrder.REPEATED_HEADERS, REQUESTS);
    }

    private static <F extends Filter> FilterRegistrationBean<F> registration(
            F filter, int order, EnumSet<DispatcherType> dispatcherTypes) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(dispatcherTypes);
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
