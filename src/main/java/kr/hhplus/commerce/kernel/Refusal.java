package kr.hhplus.commerce.kernel;

import java.util.Map;

/**
 * A request that was understood and had no effect: a value, not an exception. Modules name theirs as records of a
 * sealed type; the fields go into the problem document beside {@code code}.
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

    /** A refusal without further fields. */
    static Refusal of(ErrorCode code) {
        return new Plain(code);
    }

    /** See {@link #of}. */
    record Plain(ErrorCode code) implements Refusal {}
}
