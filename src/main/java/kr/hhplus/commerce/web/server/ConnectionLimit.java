package kr.hhplus.commerce.web.server;

import org.apache.catalina.connector.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections the server takes: those of server.tomcat.max-connections, or fewer where the heap has no room
 * for a request on each, since a sale begins with all of them at once.
 */
public final class ConnectionLimit {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimit.class);

    /** A connection and a request on it: 70 KB by a histogram of 4,000, and 8 KB once Spring MVC has answered one. */
    private static final int BYTES_EACH = 80 * 1024;

    /** The other half is for what the requests ask for. */
    private static final int SHARE_OF_HEAP = 2;

    private final int max;

    /**
     * @param wanted connections as configured; below 1: as many as there is room for
     * @param heapBytes the most memory that the heap may take
     */
    public ConnectionLimit(int wanted, long heapBytes) {
        long room = Math.max(1, heapBytes / SHARE_OF_HEAP / BYTES_EACH);
        max = (int) Math.min(wanted < 1 ? Integer.MAX_VALUE : wanted, room);
        if (max < wanted) {
            log.warn(
                    "takes {} connections, not the {} of server.tomcat.max-connections: no more fit into {} MB of heap",
                    max,
                    wanted,
                    heapBytes >> 20);
        }
    }

    public int max() {
        return max;
    }

    /**
     * Also has the container keep the buffers of as many requests for later ones: it keeps 200 by itself, and a batch
     * answers more than that at once.
     */
    void applyTo(Connector connector) {
        connector.setProperty("maxConnections", String.valueOf(max));
        connector.setProperty("processorCache", String.valueOf(max));
    }
}
