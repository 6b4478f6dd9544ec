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
 * Sends complete responses so that clients that do not read cannot hold the container's threads.
 *
 * <p>A write blocks once a client's buffers are full. Only some threads may be in a write at a time; a response that
 * meets so many is written as the connection takes it, by the container's poller, and its bytes wait in memory, within
 * a bound for each client address and one for all. In ordinary times a write takes microseconds, and the first way,
 * which costs nothing, is always open.
 */
public final class ResponseWriter {

    private static final Logger log = LoggerFactory.getLogger(ResponseWriter.class);
    private static final int CHUNK_BYTES = 16 * 1024;

    /** One address leaves the rest of the memory to the others. */
    private static final int SHARE_OF_ADDRESS = 4;

    private final Semaphore blocking;
    private final long unsentMax;
    private final long deadlineNanos;
    private final AtomicLong unsent = new AtomicLong();
    private final Map<String, Long> unsentByAddress = new ConcurrentHashMap<>();

    /**
     * @param blockingMax threads that may be in a write at a time
     * @param unsentMax bytes that may wait in memory for clients that read slowly
     * @param deadline how long a client may take to read a response that waits there
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

    /** Writes and completes an asynchronous request's response: at once, or as the client reads it. */
    public void send(AsyncContext async, byte[] body) throws IOException {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        if (blocking.tryAcquire()) {
            try {
                response.getOutputStream().write(body);
                response.flushBuffer();
            } finally {
                blocking.release();
                async.complete();
            }
            return;
        }
        // From here on the deadline counts.
        async.setTimeout(0);
        String address = ClientAddress.networkOf(async.getRequest().getRemoteAddr());
        // Refusing is not possible any more; what was decided is small.
        reserve(address, body.length, Long.MAX_VALUE);
        Later later = new Later(async, body, address);
        if (!ContainerThreads.takesOn(later::beginUnlessGone)) {
            later.beginUnlessGone();
        }
    }

    /** @return false where too much waits already, and nothing has been written */
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
        return reserve(address, body.length, unsentMax) && begin(request, response, body, address);
    }

    /** As {@link #send}, whatever waits already: for what is small, or must not be dropped. */
    void sendLater(HttpServletRequest request, HttpServletResponse response, byte[] body) throws IOException {
        String address = ClientAddress.networkOf(request.getRemoteAddr());
        reserve(address, body.length, Long.MAX_VALUE);
        begin(request, response, body, address);
    }

    private boolean begin(HttpServletRequest request, HttpServletResponse response, byte[] body, String address)
            throws IOException {
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        new Later(async, body, address).begin();
        return true;
    }

    private boolean reserve(String address, long bytes, long max) {
        long ofAddress = unsentByAddress.merge(address, bytes, Long::sum);
        if (unsent.addAndGet(bytes) > max || ofAddress > max / SHARE_OF_ADDRESS) {
            release(address, bytes);
            return false;
        }
        return true;
    }

    private void release(String address, long bytes) {
        unsent.addAndGet(-bytes);
        unsentByAddress.computeIfPresent(address, (a, sum) -> sum == bytes ? null : sum - bytes);
    }

    /** One response on its way, called by the container whenever the connection takes bytes, or breaks. */
    private final class Later implements WriteListener, AsyncListener {

        private final AsyncContext async;
        private final ServletOutputStream out;
        private final byte[] body;
        private final String address;
        private final long endNanos = System.nanoTime() + deadlineNanos;
        private final AtomicBoolean over = new AtomicBoolean();
        private int written;
        private boolean flushed;

        Later(AsyncContext async, byte[] body, String address) throws IOException {
            this.async = async;
            this.out = async.getResponse().getOutputStream();
            this.body = body;
            this.address = address;
        }

        void begin() {
            try {
                async.addListener(this);
                out.setWriteListener(this);
            } catch (RuntimeException e) {
                end();
                throw e;
            }
        }

        /** The caller holds no locks: the container takes its own of the connection, and calls listeners under it. */
        void beginUnlessGone() {
            try {
                begin();
            } catch (IllegalStateException e) {
                log.debug("the client has gone", e);
            }
        }

        /** @throws IOException at the deadline: the container then closes the connection and waits for no reader */
        @Override
        public void onWritePossible() throws IOException {
            while (!over.get() && out.isReady()) {
                if (System.nanoTime() - endNanos >= 0) {
                    throw new IOException("the client reads too slowly");
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
            if (over.compareAndSet(false, true)) {
                release(address, body.length);
            }
        }

        @Override
        public void onError(Throwable failure) {
            log.debug("a response could not be sent", failure);
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
            // Nobody starts it again.
        }
    }
}
