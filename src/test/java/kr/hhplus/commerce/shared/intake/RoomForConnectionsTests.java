package kr.hhplus.commerce.shared.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.Test;

class RoomForConnectionsTests {

    private static final long MB = 1 << 20;

    private static Http11NioProtocol protocol(long heapBytes) {
        Http11NioProtocol protocol = new Http11NioProtocol();
        protocol.setMaxConnections(8_192);
        RoomForConnections.make(protocol, heapBytes);
        return protocol;
    }

    @Test
    void aLargeHeapHasRoomForAllThatAreWanted() {
        assertThat(protocol(1_280 * MB).getMaxConnections()).isEqualTo(8_192);
        assertThat(protocol(6_000 * MB).getMaxConnections()).isEqualTo(8_192);
    }

    @Test
    void aSmallHeapHasRoomForFewer() {
        assertThat(protocol(1_279 * MB).getMaxConnections()).isLessThan(8_192);
        assertThat(protocol(768 * MB).getMaxConnections()).isEqualTo(4_915);
        assertThat(protocol(256 * MB).getMaxConnections()).isEqualTo(1_638);
    }

    @Test
    void asManyRequestsAreKeptForLaterOnesAsThereMayBe() {
        assertThat(protocol(6_000 * MB).getProcessorCache()).isEqualTo(8_192);
        assertThat(protocol(256 * MB).getProcessorCache()).isEqualTo(1_638);
    }

    @Test
    void thereIsAlwaysRoomForOne() {
        assertThat(RoomForConnections.fitting(8_192, 1)).isOne();
    }
}
