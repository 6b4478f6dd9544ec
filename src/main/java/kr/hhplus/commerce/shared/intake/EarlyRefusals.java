package kr.hhplus.commerce.shared.intake;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.shared.problem.Problems;
import kr.hhplus.commerce.shared.problem.Refusal;

/** Refuses requests whose bodies nobody has read: no thread waits for the rest, and the answer arrives all the same. */
public final class EarlyRefusals {

    private final HttpLimits limits;

    EarlyRefusals(HttpLimits limits) {
        this.limits = limits;
    }

    /** Whether bytes follow the head, which somebody has to read or refuse. */
    public static boolean hasBody(HttpServletRequest request) {
        return BodyFilter.hasBody(request);
    }

    /** Answers at once. A connection whose request is here as a whole stays open; any other is closed. */
    public void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        if (!BodyFilter.hasBody(request) || isHere(request)) {
            Problems.write(request, response, refusal);
        } else {
            BodyReceiver.over(request, response, limits).refuse(refusal);
        }
    }

    private boolean isHere(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length < 0 || length > limits.bodyMax().toBytes()) {
            return false;
        }
        byte[] unwanted = new byte[(int) length];
        return BodyFilter.takeWhatIsThere(request.getInputStream(), unwanted) == length;
    }
}
