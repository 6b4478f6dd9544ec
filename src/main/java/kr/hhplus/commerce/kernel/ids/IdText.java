package kr.hhplus.commerce.kernel.ids;

import com.github.f4b6a3.tsid.Tsid;
import java.util.OptionalLong;

/** Ids as clients see them: 13 characters of Crockford's base 32, opaque, sorted as the numbers behind them. */
public final class IdText {

    /** Characters of an id. */
    public static final int LENGTH = Tsid.TSID_CHARS;

    private IdText() {}

    /** @param id not negative */
    public static String of(long id) {
        return Tsid.from(id).toString();
    }

    /**
     * Reads a text that {@link #of} has written. Crockford's lower case and look-alikes (I, L, O) are refused, so that
     * an id has one text.
     *
     * @param text the text, of any length
     * @return the id, or empty where no id is written like this
     */
    public static OptionalLong parse(String text) {
        if (!Tsid.isValid(text)) {
            return OptionalLong.empty();
        }
        long id = Tsid.from(text).toLong();
        return id >= 0 && of(id).equals(text) ? OptionalLong.of(id) : OptionalLong.empty();
    }
}
