package kr.hhplus.commerce.kernel;

import java.util.Map;

/**
 * The reason why a request had no effect: a value, not an exception. The fields appear in the problem document beside
 * {@code code}.
 */
public interface Refusal {

    ErrorCode code();

    /** Fields of the problem document besides {@code code}, in order. */
    default Map<String, Object> fields() {
        return Map.of();
    }

    /** The value of {@code Retry-After} for 429 and 503. */
    default long retryAfterSeconds() {
        return 1;
    }

    /** Returns a refusal without further fields. */
    static Refusal of(ErrorCode code) {
        return new Plain(code);
    }

    /** The refusal that {@link #of} returns. */
    record Plain(ErrorCode code) implements Refusal {}
}
