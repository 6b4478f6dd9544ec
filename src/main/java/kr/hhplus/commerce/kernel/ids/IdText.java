package kr.hhplus.commerce.kernel.ids;

import com.github.f4b6a3.tsid.Tsid;
import java.util.OptionalLong;

/**
 * Ids as clients see them: 13 characters of Crockford's base 32. They are opaque and sort like the numbers that they
 * encode.
 */
public final class IdText {

    /** The length of an id in characters. */
    public static final int LENGTH = Tsid.TSID_CHARS;

    private IdText() {}

    /**
     * Returns the text of an id.
     *
     * @param id not negative
     */
    public static String of(long id) {
        return Tsid.from(id).toString();
    }

    /**
     * Reads a text that {@link #of} has written. Crockford's lower case and look-alikes (I, L, O) are rejected, so that
     * each id has exactly one text.
     *
     * @param text a text of any length
     * @return the id, or empty if the text is not an id
     */
    public static OptionalLong parse(String text) {
        if (!Tsid.isValid(text)) {
            return OptionalLong.empty();
        }
        long id = Tsid.from(text).toLong();
        return id >= 0 && of(id).equals(text) ? OptionalLong.of(id) : OptionalLong.empty();
    }
}
