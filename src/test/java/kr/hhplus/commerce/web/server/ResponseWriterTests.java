package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** An asynchronous answer while all threads that may be in a write are. */
class ResponseWriterTests {

    private static final byte[] BODY = "{\"orderId\":7}".getBytes(StandardCharsets.UTF_8);

    private final ResponseWriter responses = new ResponseWriter(0, 1_000, Duration.ofSeconds(30));
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/orders");
    private final Connected response = new Connected();
    private final Object lock = new Object();
    private final List<Boolean> lockedAtListener = new ArrayList<>();
    private MockAsyncContext async;

    /** As the container's: takes all bytes at once, and says so to its listener. */
    private final class Connected extends MockHttpServletResponse {

        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    lockedAtListener.add(Thread.holdsLock(lock));
                    try {
                        listener.onWritePossible();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                public void write(int b) {
                    received.write(b);
                }
            };
        }
    }

    @BeforeEach
    void begin() {
        request.setAsyncSupported(true);
        async = (MockAsyncContext) request.startAsync(request, response);
        async.setTimeout(30_000);
    }

    private void sendUnderLock() {
        new ContainerThreads().execute(() -> {
            synchronized (lock) {
                try {
                    responses.send(async, BODY);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    /** The container takes its lock of the connection there, and calls listeners under it. */
    @Test
    void setsTheListenerWithoutTheLocksOfItsCaller() {
        sendUnderLock();
        assertThat(lockedAtListener).containsExactly(false);
        assertThat(response.received.toByteArray()).isEqualTo(BODY);
        assertThat(request.isAsyncStarted()).isFalse();
        assertThat(responses.unsent()).isZero();
    }

    @Test
    void putsItsOwnDeadlineInThePlaceOfTheTimeout() {
        sendUnderLock();
        assertThat(async.getTimeout()).isZero();
    }
}
