package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTests {

    @Test
    void isWrittenAsPeopleSayIt() {
        assertThat(Rate.valueOf("2/s burst 10")).isEqualTo(new Rate(2, Duration.ofSeconds(1), 10));
        assertThat(Rate.valueOf(" 30/m burst 5 ")).isEqualTo(new Rate(30, Duration.ofMinutes(1), 5));
        assertThat(Rate.valueOf("1/h burst 1000000").burst()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "2/s", "0/s burst 1", "1/s burst 0", "-1/s burst 1", "1/d burst 1", "1/s burst 1000001"
            })
    void isRefusedWhereItCouldBeMisread(String text) {
        assertThatThrownBy(() -> Rate.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
