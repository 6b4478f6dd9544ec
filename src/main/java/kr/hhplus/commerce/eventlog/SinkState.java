package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.paging.Page;

/**
 * The state of delivery to the data platform.
 *
 * @param sink where events go: {@code file} or {@code kafka}
 * @param error why it fails at present; absent while it does not
 * @param position the id of the last event delivered
 * @param head the id of the newest event in the log
 * @param oldestAt when the oldest undelivered event happened; absent where there is none
 * @param replay the latest replay, running or finished; absent where there was none
 */
public record SinkState(
        String sink,
        Going state,
        String error,
        Instant failingSince,
        String position,
        String head,
        long lag,
        Instant oldestAt,
        Replay replay,
        long deadLetterCount,
        Page<DeadLetteredEvent> deadLetters) {

    /** Whether delivery works. */
    public enum Going {
        DELIVERING,
        FAILING,
        NO_LEADER
    }

    /**
     * Events that are sent again.
     *
     * @param from the first event that is sent again
     * @param to the last one
     * @param remaining events that are still to be sent
     */
    public record Replay(String replayId, String from, String to, long remaining, Instant requestedAt) {}

    /** An event that the sink has refused for good. A replay sends it again. */
    public record DeadLetteredEvent(
            String eventId, String orderId, String error, int attempts, Instant deadLetteredAt) {}
}
