package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;

/** The response of an asynchronous request. */
class ResponseWriterTests {

    private static final byte[] BODY = "{\"orderId\":7}".getBytes(StandardCharsets.UTF_8);

    private final List<Runnable> writes = new ArrayList<>();
    private final ResponseWriter responses = new ResponseWriter(1, 1_000, Duration.ofSeconds(30), writes::add);
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/orders");
    private final NonBlockingResponse response = new NonBlockingResponse();
    private MockAsyncContext async;

    @BeforeEach
    void begin() {
        request.setAsyncSupported(true);
        async = (MockAsyncContext) request.startAsync(request, response);
        async.setTimeout(30_000);
    }

    @Test
    void isSentByTheWriteExecutor() throws IOException {
        responses.send(async, BODY);
        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(responses.unsent()).isEqualTo(BODY.length);
        writes.forEach(Runnable::run);
        assertThat(response.getContentAsByteArray()).isEqualTo(BODY);
        assertThat(request.isAsyncStarted()).isFalse();
        assertThat(responses.unsent()).isZero();
    }

    @Test
    void hasItsOwnDeadlineInsteadOfTheTimeout() throws IOException {
        responses.send(async, BODY);
        assertThat(async.getTimeout()).isZero();
    }

    @Test
    void isNotSentWhereTheContainerHasEndedTheRequest() throws IOException {
        responses.send(async, BODY);
        for (AsyncListener listener : List.copyOf(async.getListeners())) {
            listener.onComplete(new AsyncEvent(async));
        }
        assertThat(responses.unsent()).isZero();
        writes.forEach(Runnable::run);
        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(responses.unsent()).isZero();
    }
}
