package kr.hhplus.commerce.web.sse;

import org.jspecify.annotations.Nullable;

/** The position of one connection in a publisher's events. A connection that reads slowly skips events. */
@FunctionalInterface
public interface SseSubscriber {

    /**
     * Returns the events since the last call. Called by one thread at a time, when the connection accepts bytes.
     *
     * @return server-sent events; null if there are none
     */
    byte @Nullable [] next();
}
