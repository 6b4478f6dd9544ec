package kr.hhplus.commerce.web.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.endpoint.FastPath;
import kr.hhplus.commerce.web.request.BodyOrParameters;
import kr.hhplus.commerce.web.request.RequestBinding;
import kr.hhplus.commerce.web.request.RequestCaller;
import kr.hhplus.commerce.web.server.BufferedRequest;
import kr.hhplus.commerce.web.server.NonBlockingResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A handler on the fast path takes every request to its path, and Spring MVC takes none. */
class FastPathTests {

    private static final String WISH = "{\"number\":7}";

    record Wish(@NotNull @Min(1) Long number, String note) {}

    @RestController
    static class Wishes {

        private final List<String> handled = new ArrayList<>();
        private CompletableFuture<ResponseEntity<?>> result =
                CompletableFuture.completedFuture(ResponseEntity.ok("granted"));

        @PostMapping("/wishes")
        @FastPath
        CompletableFuture<ResponseEntity<?>> wish(
                Caller caller,
                @BodyOrParameters Wish wish,
                @RequestHeader(name = "Idempotency-Key", required = false) String key) {
            handled.add(caller.name() + " " + wish.number() + " " + key);
            return result;
        }
    }

    private final GenericWebApplicationContext context = new GenericWebApplicationContext();
    private final MockHttpServletResponse response = new NonBlockingResponse();
    private final List<String> leftToMvc = new ArrayList<>();
    private final FilterChain mvc = (request, answer) -> leftToMvc.add("once");
    private Wishes wishes;
    private HttpFilter path;

    @BeforeEach
    void start() {
        context.setServletContext(new MockServletContext());
        new AnnotatedBeanDefinitionReader(context)
                .register(
                        ObjectMapper.class,
                        LocalValidatorFactoryBean.class,
                        Wishes.class,
                        Endpoints.class,
                        RequestBinding.class,
                        RequestMappingHandlerMapping.class);
        context.refresh();
        wishes = context.getBean(Wishes.class);
        path = new FastPathFilter(
                context.getBean(Endpoints.class),
                context.getBean(RequestBinding.class),
                context.getBean(ObjectMapper.class),
                Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @RestController
    static class WithPathVariable {
        @PostMapping("/wishes/{id}")
        @FastPath
        CompletableFuture<ResponseEntity<?>> wish(@PathVariable String id) {
            return CompletableFuture.completedFuture(ResponseEntity.ok(id));
        }
    }

    @RestController
    static class WithParameter {
        @PostMapping("/wishes")
        @FastPath
        CompletableFuture<ResponseEntity<?>> wish(@RequestParam String id) {
            return CompletableFuture.completedFuture(ResponseEntity.ok(id));
        }
    }

    @RestController
    static class WithoutFuture {
        @PostMapping("/wishes")
        @FastPath
        ResponseEntity<?> wish() {
            return ResponseEntity.ok("granted");
        }
    }

    @RestController
    static class WithoutResponseEntity {
        @PostMapping("/wishes")
        @FastPath
        CompletableFuture<String> wish() {
            return CompletableFuture.completedFuture("granted");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {WithPathVariable.class, WithParameter.class, WithoutFuture.class, WithoutResponseEntity.class})
    void failsAtStartUpIfTheFastPathCannotCallAHandler(Class<?> controller) {
        try (GenericWebApplicationContext other = new GenericWebApplicationContext()) {
            other.setServletContext(new MockServletContext());
            new AnnotatedBeanDefinitionReader(other)
                    .register(controller, Endpoints.class, RequestMappingHandlerMapping.class);
            assertThatThrownBy(other::refresh)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(controller.getSimpleName() + "#wish");
        }
    }

    private static MockHttpServletRequest post(String uri) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", uri);
        request.setContentType("application/json");
        RequestCaller.set(request, Caller.UNRESTRICTED);
        return request;
    }

    private void send(MockHttpServletRequest request, String body) throws IOException, ServletException {
        path.doFilter(new BufferedRequest(request, body.getBytes(StandardCharsets.UTF_8)), response, mvc);
    }

    private void assertRefused(int status, String code) throws Exception {
        assertThat(wishes.handled).isEmpty();
        assertThat(leftToMvc).isEmpty();
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString()).contains("\"code\":\"" + code + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/wishes", "/%77ishes"})
    void handlesARequestHoweverItsPathIsWritten(String uri) throws Exception {
        MockHttpServletRequest request = post(uri);
        request.addHeader("Idempotency-Key", "k-1");
        send(request, WISH);
        assertThat(wishes.handled).containsExactly("local 7 k-1");
        assertThat(leftToMvc).isEmpty();
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEqualTo("\"granted\"");
    }

    @Test
    void readsAFormAndTheQuery() throws Exception {
        MockHttpServletRequest form = post("/wishes");
        form.setContentType("application/x-www-form-urlencoded");
        send(form, "number=8");
        MockHttpServletRequest query = post("/wishes");
        query.setQueryString("number=9");
        send(query, "");
        assertThat(wishes.handled).containsExactly("local 8 null", "local 9 null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|400|MALFORMED_REQUEST",
                "[]|400|INVALID_REQUEST",
                "null|400|INVALID_REQUEST",
                "{\"number\":0}|400|INVALID_REQUEST",
                "{\"number\":null}|400|INVALID_REQUEST",
                "{\"number\":\"seven\"}|400|INVALID_REQUEST",
                "{\"number\":7,\"price\":1}|400|INVALID_REQUEST"
            })
    void refusesABadBody(String body, int status, String code) throws Exception {
        send(post("/wishes"), body);
        assertRefused(status, code);
    }

    @Test
    void refusesOtherTypes() throws Exception {
        MockHttpServletRequest request = post("/wishes");
        request.setContentType("text/plain");
        send(request, WISH);
        assertRefused(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void refusesWhoAcceptsNoJson() throws Exception {
        MockHttpServletRequest request = post("/wishes");
        request.addHeader("Accept", "text/html");
        send(request, WISH);
        assertRefused(406, "NOT_ACCEPTABLE");
    }

    @Test
    void refusesAnUnknownParameter() throws Exception {
        MockHttpServletRequest request = post("/wishes");
        request.setQueryString("colour=red");
        send(request, WISH);
        assertRefused(400, "INVALID_REQUEST");
    }

    @Test
    void leavesOtherMethodsAndPaths() throws Exception {
        MockHttpServletRequest put = post("/wishes");
        put.setMethod("PUT");
        for (MockHttpServletRequest request : List.of(put, post("/wishes/7"), post("/"))) {
            send(request, WISH);
        }
        assertThat(wishes.handled).isEmpty();
        assertThat(leftToMvc).hasSize(3);
    }

    @Test
    void isCountedUnderItsPath() throws Exception {
        MockHttpServletRequest request = post("/%77ishes");
        ServerRequestObservationContext observed = new ServerRequestObservationContext(request, response);
        request.setAttribute(ServerHttpObservationFilter.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE, observed);
        send(request, "{");
        assertThat(observed.getPathPattern()).isEqualTo("/wishes");
    }

    @Test
    void respondsWithAFailureOfTheResult() throws Exception {
        wishes.result = CompletableFuture.failedFuture(new RefusedException(Refusal.of(ErrorCode.SALE_PAUSED)));
        send(post("/wishes"), WISH);
        assertThat(response.getStatus()).isEqualTo(409);
        assertThat(response.getContentAsString()).contains("SALE_PAUSED");
        assertThat(leftToMvc).isEmpty();
    }

    @Test
    void respondsWithInternalErrorWhenTheResultCannotBeSerialized() throws Exception {
        wishes.result = CompletableFuture.completedFuture(ResponseEntity.ok(new Object()));
        send(post("/wishes"), WISH);
        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getContentAsString()).contains("INTERNAL_ERROR");
    }

    private MockAsyncContext sendAndWait(MockHttpServletRequest request) throws Exception {
        request.setAsyncSupported(true);
        wishes.result = new CompletableFuture<>();
        send(request, WISH);
        assertThat(request.isAsyncStarted()).isTrue();
        assertThat(response.getContentAsString()).isEmpty();
        return (MockAsyncContext) request.getAsyncContext();
    }

    @Test
    void respondsInASecondDispatchWhenTheResultIsPending() throws Exception {
        MockHttpServletRequest request = post("/wishes");
        MockAsyncContext async = sendAndWait(request);
        wishes.result.complete(ResponseEntity.created(URI.create("/wishes/7")).body("granted"));
        assertThat(async.getDispatchedPath()).isEqualTo("/wishes");
        request.setDispatcherType(DispatcherType.ASYNC);
        path.doFilter(request, response, mvc);
        assertThat(response.getStatus()).isEqualTo(201);
        assertThat(response.getContentAsString()).isEqualTo("\"granted\"");
        assertThat(response.getContentType()).isEqualTo("application/json");
        assertThat(response.getHeader("Location")).isEqualTo("/wishes/7");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(wishes.handled).hasSize(1);
        assertThat(leftToMvc).isEmpty();
    }

    @Test
    void callsTheOutcomeUnknownAtTheTimeoutAndRespondsOnce() throws Exception {
        MockAsyncContext async = sendAndWait(post("/wishes"));
        assertThat(async.getTimeout()).isEqualTo(30_000);
        async.getListeners().get(0).onTimeout(new AsyncEvent(async));
        assertThat(response.getContentAsString()).contains("OUTCOME_UNKNOWN");
        wishes.result.complete(ResponseEntity.ok("granted"));
        assertThat(async.getDispatchedPath()).isNull();
    }

    @Test
    void doesNotRespondOnABrokenConnection() throws Exception {
        MockAsyncContext async = sendAndWait(post("/wishes"));
        async.getListeners().get(0).onError(new AsyncEvent(async, new IOException("connection reset")));
        wishes.result.complete(ResponseEntity.ok("granted"));
        assertThat(async.getDispatchedPath()).isNull();
        assertThat(response.getContentAsString()).isEmpty();
    }
}
