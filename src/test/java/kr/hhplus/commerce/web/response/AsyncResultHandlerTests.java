package kr.hhplus.commerce.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.AsyncEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.server.NonBlockingResponse;
import kr.hhplus.commerce.web.server.ResponseWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.support.ModelAndViewContainer;

class AsyncResultHandlerTests {

    private final AsyncResultHandler answers = new AsyncResultHandler(
            new ObjectMapper(),
            new ResponseWriter(1, 1_000, Duration.ofSeconds(30), Runnable::run),
            Runnable::run,
            Duration.ofSeconds(30));
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/orders");
    private final MockHttpServletResponse response = new NonBlockingResponse();
    private final CompletableFuture<Object> future = new CompletableFuture<>();

    @BeforeEach
    void allowAsync() {
        request.setAsyncSupported(true);
    }

    private void handle() throws IOException {
        ModelAndViewContainer container = new ModelAndViewContainer();
        answers.handleReturnValue(future, null, container, new ServletWebRequest(request, response));
        assertThat(container.isRequestHandled()).isTrue();
    }

    private static ResponseEntity<Map<String, Integer>> created() {
        return ResponseEntity.created(URI.create("/orders/7")).body(Map.of("orderId", 7));
    }

    private MockAsyncContext async() {
        return (MockAsyncContext) request.getAsyncContext();
    }

    @Test
    void answersAtOnceWhereTheFutureHasEnded() throws Exception {
        future.complete(created());
        handle();
        assertThat(request.isAsyncStarted()).isFalse();
        assertCreated();
    }

    @Test
    void answersWhenTheFutureEnds() throws Exception {
        handle();
        assertThat(request.isAsyncStarted()).isTrue();
        assertThat(response.getContentAsString()).isEmpty();
        future.complete(created());
        assertCreated();
        assertThat(request.isAsyncStarted()).isFalse();
    }

    private void assertCreated() throws Exception {
        assertThat(response.getStatus()).isEqualTo(201);
        assertThat(response.getContentAsString()).isEqualTo("{\"orderId\":7}");
        assertThat(response.getContentType()).isEqualTo("application/json");
        assertThat(response.getContentLength()).isEqualTo(13);
        assertThat(response.getHeader("Location")).isEqualTo("/orders/7");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void answersWithAPlainValueToo() throws Exception {
        handle();
        future.complete(Map.of("orderId", 7));
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEqualTo("{\"orderId\":7}");
        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void tellsAnErrorWhereTheAnswerCannotBeWritten() throws Exception {
        handle();
        future.complete(Map.of("orderId", new Object()));
        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getContentAsString()).contains("INTERNAL_ERROR");
        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void tellsARefusalAsAProblem() throws Exception {
        handle();
        future.completeExceptionally(new RefusedException(Refusal.of(ErrorCode.OVERLOADED)));
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void callsTheOutcomeUnknownAfterTheTimeoutAndNeverAnswersTwice() throws Exception {
        handle();
        MockAsyncContext async = async();
        assertThat(async.getTimeout()).isEqualTo(30_000);
        async.getListeners().get(0).onTimeout(new AsyncEvent(async));
        String told = response.getContentAsString();
        assertThat(told).contains("OUTCOME_UNKNOWN");
        future.complete(created());
        assertThat(response.getContentAsString()).isEqualTo(told);
    }

    /** A writer that ends a future must not wait for a client. */
    @Test
    void areSentByTheThreadsThatWereGiven() throws Exception {
        List<Runnable> handedOver = new ArrayList<>();
        new AsyncResultHandler(
                        new ObjectMapper(),
                        new ResponseWriter(1, 1_000, Duration.ofSeconds(30), Runnable::run),
                        handedOver::add,
                        Duration.ofSeconds(30))
                .respond(future, request, response);
        future.complete(ResponseEntity.ok(Map.of("text", "x".repeat(100_000))));
        assertThat(response.isCommitted()).isFalse();
        handedOver.forEach(Runnable::run);
        assertThat(response.getContentLength()).isGreaterThan(100_000);
        assertThat(response.isCommitted()).isTrue();
    }

    @Test
    void areProblemsWhereTheFutureFails() throws Exception {
        handle();
        future.completeExceptionally(new RefusedException(Refusal.of(ErrorCode.SALE_PAUSED)));
        assertThat(response.getStatus()).isEqualTo(409);
        assertThat(response.getContentAsString()).contains("SALE_PAUSED");
    }

    @Test
    void leavesABrokenConnectionAlone() throws Exception {
        handle();
        MockAsyncContext async = async();
        async.getListeners().get(0).onError(new AsyncEvent(async, new IOException("gone")));
        future.complete(created());
        assertThat(response.getContentAsString()).isEmpty();
        assertThat(response.getStatus()).isEqualTo(200);
    }
}
