package kr.hhplus.commerce.web.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.problem.Problems;

/**
 * Reads one request body as its bytes arrive, without a thread that waits for them.
 *
 * <p>After a rejection the remaining bytes are discarded until the deadline or a bound, so that a client that is still
 * sending receives the response. The response closes the connection, so the container does not read the rest. The
 * container calls one method at a time.
 */
final class BodyReceiver implements ReadListener, AsyncListener {

    private static final int CHUNK_BYTES = 4096;
    private static final long DISCARDED_BYTES_MAX = 8 << 20;

    private final AsyncContext async;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ServletInputStream in;
    private final int bytesMax;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean rejected;
    private boolean finished;
    private long discarded;

    private BodyReceiver(AsyncContext async, int bytesMax) throws IOException {
        this.async = async;
        this.request = (HttpServletRequest) async.getRequest();
        this.response = (HttpServletResponse) async.getResponse();
        this.in = request.getInputStream();
        this.bytesMax = bytesMax;
        async.addListener(this);
    }

    /** Starts the asynchronous processing of a request whose body has not arrived yet. The request deadline applies. */
    static BodyReceiver startAsync(HttpServletRequest request, HttpServletResponse response, HttpProperties properties)
            throws IOException {
        BufferedResponse.writeThrough(response);
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(properties.requestDeadline().toMillis());
        return new BodyReceiver(async, (int) properties.bodyMax().toBytes());
    }

    /** Receives the rest of a body. Dispatches the request once it is complete. */
    void receive(byte[] first, int length) {
        body.write(first, 0, length);
        in.setReadListener(this);
    }

    /** Responds with the refusal and discards the remaining bytes. */
    void reject(Refusal refusal) throws IOException {
        respond(refusal);
        in.setReadListener(this);
    }

    private void respond(Refusal refusal) throws IOException {
        rejected = true;
        response.setHeader("Connection", "close");
        Problems.write(request, response, refusal);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        while (!finished && in.isReady()) {
            int n = in.read(chunk);
            if (n < 0) {
                return;
            }
            if (rejected) {
                discarded += n;
            } else if (body.size() + n > bytesMax) {
                respond(Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE));
            } else {
                body.write(chunk, 0, n);
            }
            if (discarded > DISCARDED_BYTES_MAX) {
                complete();
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (finished) {
            return;
        }
        if (rejected) {
            complete();
        } else {
            finished = true;
            StoredBody.put(request, body.toByteArray());
            async.dispatch();
        }
    }

    /** The client closed the connection, or the body is malformed. */
    @Override
    public void onError(Throwable failure) {
        end(ErrorCode.MALFORMED_REQUEST);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end(ErrorCode.REQUEST_TIMEOUT);
    }

    private void end(ErrorCode code) {
        try {
            if (!finished && !rejected) {
                respond(Refusal.of(code));
            }
        } catch (IOException | IllegalStateException e) {
            // The connection is closed: the client cannot receive a response.
            rejected = true;
        } finally {
            complete();
        }
    }

    private void complete() {
        if (!finished) {
            finished = true;
            async.complete();
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        end(ErrorCode.MALFORMED_REQUEST);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        finished = true;
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The handler starts its own asynchronous processing, which this listener does not follow.
    }
}
