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
 * Collects one body as its bytes arrive. Once refused, what still comes is thrown away for a while, so that the answer
 * reaches a client that is busy sending; the container calls one method at a time.
 */
final class BodyReceiver implements ReadListener, AsyncListener {

    private static final String RECEIVED = BodyReceiver.class.getName() + ".received";
    private static final int CHUNK_BYTES = 4096;
    private static final long DISCARDED_BYTES_MAX = 8 << 20;

    private final AsyncContext async;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ServletInputStream in;
    private final int bytesMax;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean refused;
    private boolean over;
    private long discarded;

    BodyReceiver(AsyncContext async, int bytesMax) throws IOException {
        this.async = async;
        this.request = (HttpServletRequest) async.getRequest();
        this.response = (HttpServletResponse) async.getResponse();
        this.in = request.getInputStream();
        this.bytesMax = bytesMax;
        async.addListener(this);
    }

    /** For a request of which the rest is still to come; it ends at the deadline. */
    static BodyReceiver over(HttpServletRequest request, HttpServletResponse response, HttpProperties properties)
            throws IOException {
        BufferedResponse.writeThrough(response);
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(properties.requestDeadline().toMillis());
        return new BodyReceiver(async, (int) properties.bodyMax().toBytes());
    }

    /** The body that was collected for this request and not taken yet, or null. */
    static byte[] takeReceived(HttpServletRequest request) {
        byte[] received = (byte[]) request.getAttribute(RECEIVED);
        request.removeAttribute(RECEIVED);
        return received;
    }

    void begin(byte[] first, int length) {
        body.write(first, 0, length);
        in.setReadListener(this);
    }

    void refuse(Refusal refusal) throws IOException {
        answer(refusal);
        in.setReadListener(this);
    }

    private void answer(Refusal refusal) throws IOException {
        refused = true;
        response.setHeader("Connection", "close");
        Problems.write(request, response, refusal);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        while (!over && in.isReady()) {
            int n = in.read(chunk);
            if (n < 0) {
                return;
            }
            if (refused) {
                discarded += n;
            } else if (body.size() + n > bytesMax) {
                answer(Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE));
            } else {
                body.write(chunk, 0, n);
            }
            if (discarded > DISCARDED_BYTES_MAX) {
                hangUp();
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (over) {
            return;
        }
        if (refused) {
            hangUp();
        } else {
            over = true;
            request.setAttribute(RECEIVED, body.toByteArray());
            async.dispatch();
        }
    }

    /** The client hung up, or what it sends is no body. */
    @Override
    public void onError(Throwable failure) {
        giveUp(ErrorCode.MALFORMED_REQUEST);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        giveUp(ErrorCode.REQUEST_TIMEOUT);
    }

    private void giveUp(ErrorCode code) {
        try {
            if (!over && !refused) {
                answer(Refusal.of(code));
            }
        } catch (IOException | IllegalStateException e) {
            // Nobody is there to read the answer.
            refused = true;
        } finally {
            hangUp();
        }
    }

    private void hangUp() {
        if (!over) {
            over = true;
            async.complete();
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        giveUp(ErrorCode.MALFORMED_REQUEST);
    }

    /** Only now: abandoning a request sooner would keep the container from telling the other listeners of its end. */
    @Override
    public void onComplete(AsyncEvent event) {
        over = true;
        if (refused && !in.isFinished()) {
            UnreadInput.abandon(request);
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The controller's own asynchronous answer begins: none of this listener's business.
    }
}
