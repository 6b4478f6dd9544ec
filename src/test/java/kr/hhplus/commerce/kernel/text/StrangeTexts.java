package kr.hhplus.commerce.kernel.text;

import java.util.List;
import java.util.Random;

/** Makes texts such as people and programs type them: of every script, with everything that a text may contain. */
final class StrangeTexts {

    private static final List<String> PIECES = List.of(
            "a",
            "Tea",
            " ",
            "이어폰",
            "\u1112\u1161\u11ab",
            "\uD83D\uDE00",
            "\uD83D\uDC69\u200D\uD83D\uDCBB\uD83C\uDFFD",
            "\uD83C\uDDF0\uD83C\uDDF7",
            "\uD842\uDFB7",
            "\u0645\u0631\u062D\u0628\u0627",
            "\u05E9\u05DC\u05D5\u05DD\u200F",
            "e\u0301\u0301\u0301",
            "\u3000",
            "\u00A0",
            "\u200B",
            "\uFEFF",
            "\u2800",
            "\u3164",
            "\u00AD",
            "\uE000",
            "\uFFFD",
            "\uFFFE",
            "\uFFFF",
            "\uDBFF\uDFFF",
            "\"",
            "'",
            "\\",
            "\\u0000",
            "<script>alert(1)</script>",
            "</title>",
            "&amp;",
            "&",
            "${1+1}",
            "[[${x}]]",
            "{0}",
            "{message}",
            "%00",
            "%_",
            "'; DROP TABLE product; --",
            "null",
            "eyJ");
    private static final List<String> LINES = List.of("\n", "\r\n", "\t", "\n\n", "\u2028", "\u2029");

    private final Random random;

    StrangeTexts(Random random) {
        this.random = random;
    }

    /** Of one line, from 1')
     * s=s[:a]+'''    /** Of one line, from 1 to so many code points; now and then exactly so many. */
    String line(int codePointsMax) {
        return text(codePointsMax, 0);
    }

    /** Of several lines. */
    String lines(int codePointsMax) {
        return text(codePointsMax, 4);
    }

    /** @param breaks one piece of so many is a line break; 0: none */
    private String text(int codePointsMax, int breaks) {
        int length = random.nextInt(4) == 0 ? codePointsMax : 1 + random.nextInt(codePointsMax);
        StringBuilder text = new StringBuilder();
        while (text.codePointCount(0, text.length()) < length) {
            List<String> from = breaks > 0 && random.nextInt(breaks) == 0 ? LINES : PIECES;
            // One piece over and over fills a text with what is large in one encoding.
            text.append(from.get(random.nextInt(from.size())).repeat(random.nextInt(8) == 0 ? 40 : 1));
        }
        return text.substring(0, text.offsetByCodePoints(0, length));
    }

    /** An idempotency key: 1 to 255 visible ASCII characters. */
    String key() {
        int length = random.nextInt(4) == 0 ? 255 : 20 + random.nextInt(40);
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < length; i++) {
            key.append((char) ('!' + random.nextInt('~' - '!' + 1)));
        }
        return key.toString();
    }
}
