package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SaleWindowStateTests {

    private static final Instant STARTS = Instant.parse("2026-11-27T01:00:00Z");
    private static final Instant ENDS = Instant.parse("2026-11-27T02:00:00Z");

    @Test
    void opensAtItsFirstInstantAndIsOverAtItsLast() {
        assertThat(SaleWindowState.of(STARTS, ENDS, STARTS.minusNanos(1))).isEqualTo(SaleWindowState.SOON);
        assertThat(SaleWindowState.of(STARTS, ENDS, STARTS)).isEqualTo(SaleWindowState.OPEN);
        assertThat(SaleWindowState.of(STARTS, ENDS, ENDS.minusNanos(1))).isEqualTo(SaleWindowState.OPEN);
        assertThat(SaleWindowState.of(STARTS, ENDS, ENDS)).isEqualTo(SaleWindowState.OVER);
    }

    @Test
    void isOpenWhereNoBoundIsSet() {
        assertThat(SaleWindowState.of(null, null, STARTS)).isEqualTo(SaleWindowState.OPEN);
        assertThat(SaleWindowState.of(STARTS, null, ENDS)).isEqualTo(SaleWindowState.OPEN);
        assertThat(SaleWindowState.of(null, ENDS, STARTS)).isEqualTo(SaleWindowState.OPEN);
    }
}
