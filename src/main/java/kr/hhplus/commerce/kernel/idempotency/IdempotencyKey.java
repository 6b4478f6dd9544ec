package kr.hhplus.commerce.kernel.idempotency;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.text.Sha256;

/**
 * A client's {@code Idempotency-Key} and the request that it identifies.
 *
 * @param key 1..255 visible ASCII characters, or null if the client sent none
 * @param fingerprint 128 bits of SHA-256 over the operation and its arguments
 * @param scope the caller whose key it is: a user's number, a negative number for a service, or 0 if callers are not
 *     authenticated
 */
public record IdempotencyKey(String key, byte[] fingerprint, long scope) {

    public static final String HEADER = "Idempotency-Key";

    private static final int KEY_LENGTH_MAX = 255;
    private static final int FINGERPRINT_BYTES = 16;

    /** A request without a key: always decided, never replayed. */
    public static final IdempotencyKey NONE = new IdempotencyKey(null, new byte[0], 0);

    /**
     * Reads the header.
     *
     * @param caller the caller, who is the scope of the key
     * @param key the header's value, or null
     * @param request the operation and all of its arguments, from which the fingerprint is computed
     * @throws RefusedException INVALID_REQUEST if the key is not 1..255 visible ASCII characters
     */
    public static IdempotencyKey of(Caller caller, String key, String request) {
        if (key == null) {
            return NONE;
        }
        if (key.isEmpty() || key.length() > KEY_LENGTH_MAX || !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new RefusedException(InvalidRequest.at("/headers/" + HEADER, "key"));
        }
        return new IdempotencyKey(key, Arrays.copyOf(Sha256.of(request), FINGERPRINT_BYTES), scopeOf(caller));
    }

    /** Returns the user's number, a negative hash of a service's name, or 0 in local and open mode. */
    private static long scopeOf(Caller caller) {
        return caller.isService()
                ? ByteBuffer.wrap(Sha256.of(caller.name())).getLong() | Long.MIN_VALUE
                : caller.userId();
    }

    public boolean isPresent() {
        return key != null;
    }

    boolean sameRequest(byte[] other) {
        return Arrays.equals(fingerprint, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdempotencyKey that
                && Objects.equals(key, that.key)
                && Arrays.equals(fingerprint, that.fingerprint)
                && scope == that.scope;
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, Arrays.hashCode(fingerprint), scope);
    }
}
