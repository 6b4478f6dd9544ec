package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PhaseTests {

    private static final Instant STARTS = Instant.parse("2026-11-27T01:00:00Z");
    private static final Instant ENDS = Instant.parse("2026-11-27T02:00:00Z");

    @Test
    void opensAtItsFirstInstantAndIsOverAtItsLast() {
        assertThat(Phase.of(STARTS, ENDS, STARTS.minusNanos(1))).isEqualTo(Phase.SOON);
        assertThat(Phase.of(STARTS, ENDS, STARTS)).isEqualTo(Phase.OPEN);
        assertThat(Phase.of(STARTS, ENDS, ENDS.minusNanos(1))).isEqualTo(Phase.OPEN);
        assertThat(Phase.of(STARTS, ENDS, ENDS)).isEqualTo(Phase.OVER);
    }

    @Test
    void isOpenWhereNoBoundIsSet() {
        assertThat(Phase.of(null, null, STARTS)).isEqualTo(Phase.OPEN);
        assertThat(Phase.of(STARTS, null, ENDS)).isEqualTo(Phase.OPEN);
        assertThat(Phase.of(null, ENDS, STARTS)).isEqualTo(Phase.OPEN);
    }
}
