package kr.hhplus.commerce.web.sse;

import java.time.Duration;

/** Something that many want to hear of while it goes on: brought up to date once, for all of them together. */
public interface SsePublisher {

    /** The pause between two refreshes. */
    Duration period();

    /** Brings it up to date; called by one thread at a time, and only while somebody listens. */
    void refresh();
}
