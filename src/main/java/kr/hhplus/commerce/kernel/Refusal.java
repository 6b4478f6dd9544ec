package kr.hhplus.commerce.kernel;

import java.util.Map;

/**
 * A request that was understood and had no effect: a value, not an exception. Modules name theirs as records of a
 * sealed type; the fields go into the problem document beside {@code code}.
 */
public interface Refusal {

    ErrorCode code();

    /** Facts for the client, by the names of the contract, in their order; empty when the code says it all. */
    default Map<String, Object> fields() {
        return Map.of();
    }

    /** For 429 and 503: how long a client should wait before it tries again. */
    default long retryAfterSeconds() {
        return 1;
    }

    /** A refusal whose code says it all. */
    static Refusal of(ErrorCode code) {
        return new Plain(code);
    }

    /** See {@link #of}. */
    record Plain(ErrorCode code) implements Refusal {}
}
