package kr.hhplus.commerce.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingARangeTests {

    @ParameterizedTest
    @CsvSource({
        "1day, PT24H", "1days, PT24H", "3days, PT72H", "30days, PT720H",
        "1hour, PT1H", "1hours, PT1H", "6hours, PT6H", "720hours, PT720H",
        "P3D, PT72H", "P1W, PT168H", "P1W2D, PT216H", "PT6H, PT6H",
        "PT90M, PT1H30M", "P1DT12H, PT36H", "PT43200M, PT720H", "PT1S, PT1S"
    })
    void takesWordsAndIsoDurations(String text, Duration range) {
        assertThat(RangeRules.parse(text)).contains(range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "days", "0days", "31days", "-1days", "03days", "3day", "3 days", "3DAYS", "３days"})
    void refusesWordsThatAreNone(String text) {
        assertThat(RangeRules.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "soon", "721hours", "2hour", "3weeks", "1hour ", "99999999999999999999days"})
    void refusesOtherUnitsAndWhatIsTooLong(String text) {
        assertThat(RangeRules.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0D", "PT0S", "P31D", "P5W", "PT720H0.001S", "P-3D", "-P3D", "PT-6H", "P1M", "P1Y"})
    void refusesIsoDurationsThatAreNothingTooLongOrOfNoOneLength(String text) {
        assertThat(RangeRules.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"p3d", "P", "PT", "P3", "PT6", "P1WT1H", "P1M1W", "P3D\n", "PT9223372036854775807H"})
    void refusesIsoDurationsThatAreNone(String text) {
        assertThat(RangeRules.parse(text)).isEmpty();
    }
}
