package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class HttpLimitsTests {

    private static HttpProperties properties(int blockingWritesMax, DataSize unsentMax, Duration response) {
        Duration second = Duration.ofSeconds(1);
        return new HttpProperties(
                DataSize.ofKilobytes(1), second, 0, blockingWritesMax, unsentMax, response, Duration.ZERO);
    }

    @Test
    void giveSlowReadersAQuarterOfTheThreadsAndAnEighthOfTheHeapUnlessTold() {
        HttpProperties defaults = properties(0, DataSize.ofBytes(0), Duration.ofSeconds(1));
        assertThat(defaults.blockingWritesOf(200)).isEqualTo(50);
        assertThat(defaults.blockingWritesOf(1)).isEqualTo(1);
        assertThat(defaults.unsentBytesOf(800)).isEqualTo(100);
        HttpProperties told = properties(7, DataSize.ofBytes(9), Duration.ofSeconds(1));
        assertThat(told.blockingWritesOf(200)).isEqualTo(7);
        assertThat(told.unsentBytesOf(800)).isEqualTo(9);
    }

    @Test
    void sayWhichBoundOfSlowReadersIsWrong() {
        DataSize none = DataSize.ofBytes(0);
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> properties(-1, none, second)).hasMessageContaining("blocking-writes-max");
        assertThatThrownBy(() -> properties(0, DataSize.ofBytes(-1), second))
                .hasMessageContaining("unsent-response-max");
        assertThatThrownBy(() -> properties(0, none, Duration.ZERO)).hasMessageContaining("response-deadline");
    }
}
