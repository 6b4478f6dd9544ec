package kr.hhplus.commerce.web.server;

import org.apache.catalina.connector.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the connections that the server accepts to {@code server.tomcat.max-connections}, or to fewer if half the heap
 * cannot hold one request per connection: when a sale opens, all connections send one at once.
 */
public final class ConnectionLimit {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimit.class);

    /**
     * A connection with one request takes 83 KB with the socket buffers below, and 8 KB more after Spring MVC served
     * one.
     */
    private static final int BYTES_EACH = 96 * 1024;

    /** The other half is for processing the requests. */
    private static final int SHARE_OF_HEAP = 2;

    private static final int READ_BUFFER_BYTES = 2 * 1024;
    private static final int WRITE_BUFFER_BYTES = 4 * 1024;

    private final int max;

    /**
     * @param configured the configured maximum; below 1 means as many as fit
     * @param heapBytes the maximum size of the heap, in bytes
     */
    public ConnectionLimit(int configured, long heapBytes) {
        long fitting = Math.max(1, heapBytes / SHARE_OF_HEAP / BYTES_EACH);
        max = (int) Math.min(configured < 1 ? Integer.MAX_VALUE : configured, fitting);
        if (max < configured) {
            log.warn(
                    "Accepting {} connections, not server.tomcat.max-connections={}: no more fit into {} MB of heap",
                    max,
                    configured,
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
