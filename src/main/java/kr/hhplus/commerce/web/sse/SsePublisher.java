package kr.hhplus.commerce.web.sse;

import java.time.Duration;

/** A source of events, refreshed once for all of its subscribers. */
public interface SsePublisher {

    /** The delay between two refreshes. */
    Duration period();

    /** Reads the current state. Called by one thread at a time, and only while there are subscribers. */
    void refresh();
}
