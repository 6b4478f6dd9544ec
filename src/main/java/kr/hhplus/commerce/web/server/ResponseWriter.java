package kr.hhplus.commerce.web.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import kr.hhplus.commerce.web.ClientAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends complete responses so that clients that do not read cannot block the container's threads.
 *
 * <p>A write blocks its thread once the buffers of the connection are full. Only a bounded number of container threads
 * may block in a write at a time. Further responses are written by a {@link WriteListener} as the connection accepts
 * bytes. Their bytes wait in memory, within a bound for each client address and one for all.
 */
public final class ResponseWriter {

    private static final Logger log = LoggerFactory.getLogger(ResponseWriter.class);
    private static final int CHUNK_BYTES = 16 * 1024;

    /** One client address may use a quarter of the memory, so that other clients have the rest. */
    private static final int SHARE_PER_ADDRESS = 4;

    private final Semaphore blocking;
    private final long unsentMax;
    private final long deadlineNanos;
    private final AtomicLong unsent = new AtomicLong();
    private final Map<String, Long> unsentByAddress = new ConcurrentHashMap<>();

    /**
     * @param blockingMax threads that may block in a write at a time
     * @param unsentMax bytes that may wait in memory for clients that read slowly
     * @param deadline the time that a client has to read a response that waits in memory
     */
    public ResponseWriter(int blockingMax, long unsentMax, Duration deadline) {
        this.blocking = new Semaphore(blockingMax);
        this.unsentMax = unsentMax;
        this.deadlineNanos = deadline.toNanos();
    }

    /** Bytes that wait in memory. */
    long unsent() {
        return unsent.get();
    }

    /**
     * Sends a response and, if enough threads may block, waits for the client.
     *
     * @return false if a bound is exceeded; then nothing has been written
     */
    boolean send(HttpServletRequest request, HttpServletResponse response, byte[] body) throws IOException {
        if (blocking.tryAcquire()) {
            try {
                ServletOutputStream out = response.getOutputStream();
                out.write(body);
                out.close();
            } finally {
                blocking.release();
            }
            return true;
        }
        String address = ClientAddress.networkOf(request.getRemoteAddr());
        if (!reserve(address, body.length, unsentMax)) {
            return false;
        }
        start(request, response, body, address);
        return true;
    }

    /**
     * Sends without blocking, even if the bounds are exceeded: for small responses and those that must not be dropped.
     */
    void sendNonBlocking(HttpServletRequest request, HttpServletResponse response, byte[] body) throws IOException {
        String address = ClientAddress.networkOf(request.getRemoteAddr());
        reserve(address, body.length, Long.MAX_VALUE);
        start(request, response, body, address);
    }

    private void start(HttpServletRequest request, HttpServletResponse response, byte[] body, String address)
            throws IOException {
        new NonBlockingWrite(request.startAsync(request, response), body, address).start();
    }

    private boolean reserve(String address, long bytes, long max) {
        long addressUnsent = unsentByAddress.merge(address, bytes, Long::sum);
        if (unsent.addAndGet(bytes) > max || addressUnsent > max / SHARE_PER_ADDRESS) {
            release(address, bytes);
            return false;
        }
        return true;
    }

    private void release(String address, long bytes) {
        unsent.addAndGet(-bytes);
        unsentByAddress.computeIfPresent(address, (a, sum) -> sum == bytes ? null : sum - bytes);
    }

    /** Writes one response. The container calls it when the connection accepts bytes or breaks. */
    private final class NonBlockingWrite implements WriteListener, AsyncListener {

        private final AsyncContext async;
        private final ServletOutputStream out;
        private final byte[] body;
        private final String address;
        private final long deadlineAtNanos = System.nanoTime() + deadlineNanos;
        private final AtomicBoolean finished = new AtomicBoolean();
        private int written;
        private boolean flushed;

        NonBlockingWrite(AsyncContext async, byte[] body, String address) throws IOException {
            this.async = async;
            this.out = async.getResponse().getOutputStream();
            this.body = body;
            this.address = address;
            // The response deadline replaces the asynchronous timeout.
            async.setTimeout(0);
            async.addListener(this);
        }

        void start() {
            try {
                out.setWriteListener(this);
            } catch (RuntimeException e) {
                end();
                throw e;
            }
        }

        /**
         * @throws IOException at the deadline: the container then closes the connection without waiting for the client
         */
        @Override
        public void onWritePossible() throws IOException {
            while (!finished.get() && out.isReady()) {
                if (System.nanoTime() - deadlineAtNanos >= 0) {
                    throw new IOException("response deadline exceeded");
                } else if (written < body.length) {
                    int next = Math.min(CHUNK_BYTES, body.length - written);
                    out.write(body, written, next);
                    written += next;
                } else if (!flushed) {
                    flushed = true;
                    out.flush();
                } else {
                    end();
                    async.complete();
                }
            }
        }

        private void end() {
            if (finished.compareAndSet(false, true)) {
                release(address, body.length);
            }
        }

        @Override
        public void onError(Throwable failure) {
            log.debug("response not sent", failure);
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            end();
            async.complete();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end();
            async.complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // The request does not become asynchronous again.
        }
    }
}
