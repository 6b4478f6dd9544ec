package kr.hhplus.commerce.shared.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class HttpLimitsTests {

    private static HttpLimits limits(int busyThreads) {
        Duration second = Duration.ofSeconds(1);
        return new HttpLimits(DataSize.ofKilobytes(1), second, second, busyThreads, Duration.ZERO);
    }

    @Test
    void leaveAProcessorToThoseWhoDecideUnlessTold() {
        assertThat(limits(0).busyThreadsOn(8)).isEqualTo(7);
        assertThat(limits(0).busyThreadsOn(2)).isEqualTo(1);
        assertThat(limits(0).busyThreadsOn(1)).isEqualTo(1);
        assertThat(limits(7).busyThreadsOn(2)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10_001})
    void sayWhichNumberOfBusyThreadsIsWrong(int busyThreads) {
        assertThatThrownBy(() -> limits(busyThreads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("commerce.http.busy-threads must be from 0 to 10000");
    }
}
