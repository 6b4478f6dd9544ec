package kr.hhplus.commerce.kernel.text;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The rules for text: allowed characters, length and blankness. They are the same for every field, parameter and form.
 */
public final class TextRules {

    /**
     * Code points without a visible form that are neither white space nor format characters: Hangul fillers, blank
     * symbols, variation selectors and the rest of Unicode's Default_Ignorable_Code_Point. Each line is a range, with
     * both ends included.
     */
    private static final int[] INVISIBLE = {
        0x034F, 0x034F, // combining grapheme joiner
        0x115F, 0x1160, // Hangul fillers
        0x17B4, 0x17B5, // Khmer inherent vowels
        0x180B, 0x180F, // Mongolian variation selectors
        0x2800, 0x2800, // Braille pattern blank
        0x3164, 0x3164, // Hangul filler
        0xFE00, 0xFE0F, // variation selectors
        0xFFA0, 0xFFA0, // halfwidth Hangul filler
        0xFFF0, 0xFFF8, // reserved, ignorable
        0x1D159, 0x1D159, // musical symbol null notehead
        0xE0000, 0xE0FFF // tags and variation selectors
    };

    private TextRules() {}

    /** Returns the number of Unicode code points, as JSON Schema counts {@code maxLength}. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Whether the text has no visible character: it is empty, or consists of Unicode white space and invisible
     * characters.
     */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(TextRules::isInvisible);
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || isInRanges(c);
    }

    private static boolean isInRanges(int c) {
        int index = Arrays.binarySearch(INVISIBLE, c);
        return index >= 0 || (-index - 1) % 2 == 1;
    }

    /** Whether the text can be stored and shown on one line. See {@link #isPlain(String, IntPredicate)}. */
    public static boolean isPlain(String text) {
        return isPlain(text, c -> false);
    }

    /** Whether the text can be stored and shown on several lines. Line breaks and tabs are allowed. */
    public static boolean isPlainMultiline(String text) {
        return isPlain(text, c -> c == '\n' || c == '\r' || c == '\t' || isSeparator(c));
    }

    /**
     * Whether the text has no control character, no line or paragraph separator, no unpaired surrogate, and no
     * bidirectional embedding, override or isolate, which reorders the text around it.
     */
    private static boolean isPlain(String text, IntPredicate allowed) {
        return text.codePoints()
                .allMatch(c -> c >= ' ' && c <= '~'
                        || allowed.test(c)
                        || !Character.isISOControl(c)
                                && !isSeparator(c)
                                && !isReordering(c)
                                && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE));
    }

    private static boolean isSeparator(int c) {
        return c == 0x2028 || c == 0x2029;
    }

    private static boolean isReordering(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    /** Returns the start of the text: at most {@code max} UTF-16 units, without an unpaired surrogate at the end. */
    public static String shortened(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
