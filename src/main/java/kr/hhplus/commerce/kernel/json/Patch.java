package kr.hhplus.commerce.kernel.json;

import java.util.Optional;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;

/** Fields of a JSON Merge Patch (RFC 7396): a null Optional was left out, an empty one was null, and so removes. */
public final class Patch {

    private Patch() {}

    /** The value after the patch. */
    public static <T> T apply(Optional<T> field, T before) {
        return field == null ? before : field.orElse(null);
    }

    /** For a field that must have a value. @throws RefusedException INVALID_REQUEST where the patch removes it */
    public static void requireNotRemoved(Optional<?> field, String pointer) {
        if (field != null && field.isEmpty()) {
            throw new RefusedException(InvalidRequest.at(pointer, "kept"));
        }
    }
}
