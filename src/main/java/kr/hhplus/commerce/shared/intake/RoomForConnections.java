package kr.hhplus.commerce.shared.intake;

import org.apache.coyote.AbstractProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes no more connections than there is heap for: on each a request may be under way, and a sale begins with all of
 * them at once.
 */
final class RoomForConnections {

    private static final Logger log = LoggerFactory.getLogger(RoomForConnections.class);

    /** A connection and a request on it: 70 KB by a histogram of 4,000, and 8 KB once Spring MVC has answered one. */
    private static final int BYTES_EACH = 80 * 1024;

    /** The other half is for what the requests ask for. */
    private static final int SHARE_OF_HEAP = 2;

    private RoomForConnections() {}

    /**
     * Also has the container keep the buffers of as many requests for later ones: it keeps 200 by itself, and a batch
     * answers more than that at once.
     *
     * @param heapBytes the most memory that the heap may take
     */
    static void make(AbstractProtocol<?> protocol, long heapBytes) {
        int wanted = protocol.getMaxConnections();
        int fit = fitting(wanted, heapBytes);
        if (fit < wanted) {
            log.warn(
                    "takes {} connections, not the {} of server.tomcat.max-connections: no more fit into {} MB of heap",
                    fit,
                    wanted,
                    heapBytes >> 20);
            protocol.setMaxConnections(fit);
        }
        protocol.setProcessorCache(fit);
    }

    static int fitting(int wanted, long heapBytes) {
        return (int) Math.min(wanted, Math.max(1, heapBytes / SHARE_OF_HEAP / BYTES_EACH));
    }
}
