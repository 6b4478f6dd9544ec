package kr.hhplus.commerce.kernel.json;

import java.util.Optional;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;

/**
 * Fields of a JSON Merge Patch (RFC 7396). A null {@code Optional} is an absent field, which keeps the value. An empty
 * one is a JSON null, which removes the value.
 */
public final class Patch {

    private Patch() {}

    /** Returns the value after the patch. */
    public static <T> T apply(Optional<T> field, T before) {
        return field == null ? before : field.orElse(null);
    }

    /**
     * Checks a field that must have a value.
     *
     * @throws RefusedException INVALID_REQUEST if the patch removes the value
     */
    public static void requireNotRemoved(Optional<?> field, String pointer) {
        if (field != null && field.isEmpty()) {
            throw new RefusedException(InvalidRequest.at(pointer, "kept"));
        }
    }
}
