package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.paging.Page;

/**
 * How delivery to the data platform stands.
 *
 * @param form where events go: {@code file} or {@code kafka}
 * @param error why it fails at present, or null
 * @param position the last event that has arrived
 * @param head the last event that there is
 * @param oldestAt when the first event happened that is still to be delivered, or null
 * @param replay the replay under way, or the last one that was; null where none was ever asked for
 */
public record SinkState(
        String form,
        Going state,
        String error,
        Instant failingSince,
        String position,
        String head,
        long lag,
        Instant oldestAt,
        Replay replay,
        long parkedCount,
        Page<ParkedEvent> parked) {

    /** How delivery goes. */
    public enum Going {
        DELIVERING,
        FAILING,
        NO_WRITER
    }

    /**
     * Events that are sent again.
     *
     * @param from the first event that is sent again
     * @param to the last one
     * @param remaining events that are still to be sent
     */
    public record Replay(String replayId, String from, String to, long remaining, Instant requestedAt) {}

    /** An event that the platform refused for what it is. */
    public record ParkedEvent(String eventId, String orderId, String error, int attempts, Instant parkedAt) {}
}
