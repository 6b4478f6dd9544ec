package kr.hhplus.commerce.kernel.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import kr.hhplus.commerce.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids in the form in which clients see them. */
class IdTextTests {

    /** Of every length in bits, and close to another one as often as not. */
    private static long id(Random random) {
        long id = random.nextLong() >>> random.nextInt(1, 64);
        return random.nextBoolean() ? id : Math.max(0, id - random.nextInt(3));
    }

    @Test
    void isReadBackAsItWasWritten() {
        Seeded.check(Seeded.CASES, random -> {
            long id = id(random);
            assertThat(IdText.of(id)).matches("[0-7][0-9A-HJKMNP-TV-Z]{12}");
            assertThat(IdText.parse(IdText.of(id))).hasValue(id);
        });
    }

    @Test
    void sortsAsTheNumbersDo() {
        Seeded.check(Seeded.CASES, random -> {
            long one = id(random);
            long other = random.nextBoolean() ? id(random) : one ^ 1L << random.nextInt(63);
            assertThat(Integer.signum(IdText.of(one).compareTo(IdText.of(other))))
                    .isEqualTo(Long.compare(one, other));
        });
    }

    @Test
    void isNeverReadFromWhatWasNotWritten() {
        Seeded.check(Seeded.CASES, random -> {
            String text = random.nextBoolean() ? anyText(random) : oneCharacterOff(random);
            IdText.parse(text).ifPresent(id -> assertThat(IdText.of(id)).isEqualTo(text));
        });
    }

    private static String anyText(Random random) {
        int[] codePoints = random.ints(random.nextInt(20), 0, 0x10000).toArray();
        return new String(codePoints, 0, codePoints.length);
    }

    private static String oneCharacterOff(Random random) {
        StringBuilder text = new StringBuilder(IdText.of(id(random)));
        String close = "/:@ILOU[`az{- ";
        char other =
                random.nextBoolean() ? close.charAt(random.nextInt(close.length())) : (char) random.nextInt(0x10000);
        text.setCharAt(random.nextInt(text.length()), other);
        return text.toString();
    }

    @Test
    void spellsItsBounds() {
        assertThat(IdText.of(0)).isEqualTo("0000000000000");
        assertThat(IdText.of(Long.MAX_VALUE)).isEqualTo("7ZZZZZZZZZZZZ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "00000000000000",
                "000000000000I",
                "000000000000u",
                "00000000000 0",
                "8000000000000",
                "-000000000001",
                "000000000000가"
            })
    void readsNothingElse(String text) {
        assertThat(IdText.parse(text)).isEmpty();
    }
}
