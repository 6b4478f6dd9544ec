package kr.hhplus.commerce.web.server;

import org.apache.catalina.connector.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the connections that the server accepts to {@code server.tomcat.max-connections}, or to fewer where half the
 * heap cannot hold a request on each: a sale begins with all of them at once.
 */
public final class ConnectionLimit {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimit.class);

    /** A connection with a request: 83 KB with the socket buffers below, and 8 KB once Spring MVC has served one. */
    private static final int BYTES_EACH = 96 * 1024;

    /** The other half is for the work that requests cause. */
    private static final int SHARE_OF_HEAP = 2;

    private static final int READ_BUFFER_BYTES = 2 * 1024;
    private static final int WRITE_BUFFER_BYTES = 4 * 1024;

    private final int max;

    /**
     * @param wanted connections as configured; below 1: as many as fit
     * @param heapBytes the maximum size of the heap, in bytes
     */
    public ConnectionLimit(int wanted, long heapBytes) {
        long room = Math.max(1, heapBytes / SHARE_OF_HEAP / BYTES_EACH);
        max = (int) Math.min(wanted < 1 ? Integer.MAX_VALUE : wanted, room);
        if (max < wanted) {
            log.warn(
                    "Accepting {} connections, not server.tomcat.max-connections={}: no more fit into {} MB of heap",
                    max,
                    wanted,
                    heapBytes >> 20);
        }
    }

    public int max() {
        return max;
    }

    /**
     * Sets the connections, as many cached request processors, and socket buffers that hold an order and its response.
     * Tomcat caches 200 processors by default; a batch completes more requests than that at once.
     */
    void applyTo(Connector connector) {
        connector.setProperty("maxConnections", String.valueOf(max));
        connector.setProperty("processorCache", String.valueOf(max));
        connector.setProperty("socket.appReadBufSize", String.valueOf(READ_BUFFER_BYTES));
        connector.setProperty("socket.appWriteBufSize", String.valueOf(WRITE_BUFFER_BYTES));
    }
}
