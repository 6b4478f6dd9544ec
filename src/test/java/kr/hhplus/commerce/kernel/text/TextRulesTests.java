package kr.hhplus.commerce.kernel.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\r\n",
                "\u00A0",
                "\u2003\u202F\u205F",
                "\u3000",
                "\u200B\u200C\u200D\u2060\uFEFF",
                "\u200E\u200F\u061C",
                "\u00AD",
                "\u034F",
                "\u115F\u1160\u3164\uFFA0",
                "\u17B4\u17B5",
                "\u180B\u180E\u180F",
                "\u2800",
                "\u2028\u2029",
                "\uFE00\uFE0F",
                "\uFFF0\uFFF8",
                "\uDB40\uDC41\uDB40\uDDEF",
                "\uD834\uDD59",
                " \u3164 \u2800 \u200B "
            })
    void areBlankWhereNothingIsVisible(String text) {
        assertThat(TextRules.isBlank(text)).isTrue();
        assertThat(TextRules.isBlank(text + "x" + text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "한",
                "\u1112",
                "\uD83D\uDE00",
                "-",
                "\u0301",
                "\u2801",
                "\u3001",
                "\u3165",
                "\u180A",
                "\uFFFD",
                "\uFE10"
            })
    void areNotBlankWhereOneCharacterIsVisible(String text) {
        assertThat(TextRules.isBlank(text)).isFalse();
    }

    @Test
    void areAsLongAsTheyHaveCodePoints() {
        assertThat(TextRules.length("")).isZero();
        assertThat(TextRules.length("a한\uD83D\uDE00")).isEqualTo(3);
        assertThat(TextRules.length("\uD83D\uDE00".repeat(100))).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\u0007",
                "\u001B",
                "\u007F",
                "\u0085",
                "\u009B",
                "\uD800",
                "\uDC00\uD800",
                "\u202A",
                "\u202B",
                "\u202C",
                "\u202D",
                "\u202E",
                "\u2066",
                "\u2067",
                "\u2068",
                "\u2069"
            })
    void areNotPlainWithACharacterThatCannotBeShown(String text) {
        assertThat(TextRules.isPlain("a" + text + "b")).isFalse();
        assertThat(TextRules.isPlainMultiline("a" + text + "b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\t", "\u2028", "\u2029"})
    void haveLineBreaksWhereTheyMayHaveLines(String text) {
        assertThat(TextRules.isPlain("a" + text + "b")).isFalse();
        assertThat(TextRules.isPlainMultiline("a" + text + "b")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "~",
                "\u00A0",
                "이어폰",
                "\uD83D\uDC69\u200D\uD83D\uDCBB",
                "\u05E9\u200F",
                "\u061C",
                "\u2065",
                "\u2027",
                "\u202F",
                "\u206A",
                "\uFFFF",
                "\uDBFF\uDFFF"
            })
    void arePlainOtherwise(String text) {
        assertThat(TextRules.isPlain("a" + text + "b")).isTrue();
    }

    @Test
    void areCutBetweenCharacters() {
        assertThat(TextRules.shortened("abc", 3)).isEqualTo("abc");
        assertThat(TextRules.shortened("abcd", 3)).isEqualTo("abc");
        assertThat(TextRules.shortened("ab\uD83D\uDE00", 3)).isEqualTo("ab");
        assertThat(TextRules.shortened("a\uD83D\uDE00b", 3)).isEqualTo("a\uD83D\uDE00");
    }
}
