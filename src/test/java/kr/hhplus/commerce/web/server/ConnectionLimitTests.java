package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Test;

class ConnectionLimitTests {

    private static final long MB = 1 << 20;

    private static int max(int wanted, long heapBytes) {
        return new ConnectionLimit(wanted, heapBytes).max();
    }

    @Test
    void aLargeHeapHasRoomForAllThatAreWanted() {
        assertThat(max(8_192, 1_536 * MB)).isEqualTo(8_192);
        assertThat(max(8_192, 6_000 * MB)).isEqualTo(8_192);
    }

    @Test
    void aSmallHeapHasRoomForFewer() {
        assertThat(max(8_192, 1_535 * MB)).isLessThan(8_192);
        assertThat(max(8_192, 768 * MB)).isEqualTo(4_096);
        assertThat(max(8_192, 256 * MB)).isEqualTo(1_365);
        assertThat(max(-1, 256 * MB)).isEqualTo(1_365);
    }

    @Test
    void asManyRequestsAreKeptForLaterOnesAsThereMayBe() {
        Connector connector = new Connector();
        new ConnectionLimit(8_192, 256 * MB).applyTo(connector);
        assertThat(connector.getProperty("maxConnections")).isEqualTo(1_365);
        assertThat(connector.getProperty("processorCache")).isEqualTo(1_365);
    }

    @Test
    void thereIsAlwaysRoomForOne() {
        assertThat(max(8_192, 1)).isOne();
    }
}
