package kr.hhplus.commerce.web.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.problem.Problems;

/** Refuses requests whose bodies nobody has read: no thread waits for the rest, and the answer arrives all the same. */
public final class EarlyRefusals {

    private final HttpProperties properties;

    EarlyRefusals(HttpProperties properties) {
        this.properties = properties;
    }

    /** Whether bytes follow the head, which somebody has to read or refuse. */
    public static boolean hasBody(HttpServletRequest request) {
        return BodyBufferingFilter.hasBody(request);
    }

    /** Answers at once. A connection whose request is here as a whole stays open; any other is closed. */
    public void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        if (!BodyBufferingFilter.hasBody(request) || isHere(request)) {
            Problems.write(request, response, refusal);
        } else {
            BodyReceiver.over(request, response, properties).refuse(refusal);
        }
    }

    private boolean isHere(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length < 0 || length > properties.bodyMax().toBytes()) {
            return false;
        }
        byte[] unwanted = new byte[(int) length];
        return BodyBufferingFilter.takeWhatIsThere(request.getInputStream(), unwanted) == length;
    }
}
