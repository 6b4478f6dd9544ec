package kr.hhplus.commerce.kernel.ids;

import java.util.Arrays;
import java.util.OptionalLong;

/** Ids as clients see them: 13 characters of Crockford's base 32, opaque, sorted as the numbers behind them. */
public final class IdText {

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    /** Characters of an id. */
    public static final int LENGTH = 13;

    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (byte i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = i;
        }
    }

    private IdText() {}

    /** @param id not negative */
    public static String of(long id) {
        char[] text = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS[(int) (id & 31)];
            id >>>= 5;
        }
        return new String(text);
    }

    /** The id behind the text, or nothing where no id is written like this. */
    public static OptionalLong parse(String text) {
        if (text.length() != LENGTH || text.charAt(0) > '7') {
            return OptionalLong.empty();
        }
        long id = 0;
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            byte value = c < VALUES.length ? VALUES[c] : -1;
            if (value < 0) {
                return OptionalLong.empty();
            }
            id = id << 5 | value;
        }
        return OptionalLong.of(id);
    }
}
