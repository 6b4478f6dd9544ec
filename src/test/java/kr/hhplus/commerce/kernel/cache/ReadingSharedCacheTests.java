package kr.hhplus.commerce.kernel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Redis answers, at 10,000 ms of its clock, about a value that may be 400 ms old. */
class ReadingSharedCacheTests {

    private static RedisSharedCache.Found found(String left, String value) {
        return RedisSharedCache.found(List.of("10000", left, value), 400);
    }

    @ParameterizedTest
    @CsvSource({"300,9900,100", "300,9950,100", "300,9700,300", "400,10000,0", "1,9600,400"})
    void takesTheLargerOfTheTwoAges(String left, String begun, long ageMillis) {
        assertThat(found(left, begun + " {}"))
                .isEqualTo(new RedisSharedCache.Found(10_000, Duration.ofMillis(ageMillis), "{}"));
    }

    @ParameterizedTest
    @CsvSource({
        "-1,9900 {}",
        "-2,''",
        "0,9900 {}",
        "401,9900 {}",
        "300,9599 {}",
        "300,10001 {}",
        "300,{}",
        "300,-9900 {}",
        "300,9900{}",
        "300,99999999999999999999 {}",
        "300,' {}'"
    })
    void ignoresWhatHasNoEndIsTooOldOrNotOfOurForm(String left, String value) {
        assertThat(found(left, value)).isEqualTo(new RedisSharedCache.Found(10_000, Duration.ZERO, null));
    }

    @Test
    void keepsTheTextAsItIs() {
        assertThat(found("300", "9900 {\"name\": \"a b\"} ").text()).isEqualTo("{\"name\": \"a b\"} ");
    }
}
