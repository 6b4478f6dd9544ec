package kr.hhplus.commerce.eventlog.relay;

import java.time.Instant;
import kr.hhplus.commerce.kernel.paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * The state of delivery to the data platform.
 *
 * @param sink the destination of events: {@code file} or {@code kafka}
 * @param error why delivery fails at present; absent if it does not fail
 * @param position the id of the last event delivered
 * @param head the id of the newest event in the log
 * @param oldestAt the time of the oldest undelivered event; absent if there is none
 * @param replay the latest replay, running or finished; absent if there was none
 */
public record RelayStatus(
        String sink,
        DeliveryState state,
        @Nullable String error,
        @Nullable Instant failingSince,
        String position,
        String head,
        long lag,
        @Nullable Instant oldestAt,
        @Nullable Replay replay,
        long deadLetterCount,
        Page<DeadLetteredEvent> deadLetters) {

    /** The state of delivery: it succeeds, it fails, or no instance is the leader. */
    public enum DeliveryState {
        DELIVERING,
        FAILING,
        NO_LEADER
    }

    /**
     * A replay, which sends events again.
     *
     * @param from the id of the first event
     * @param to the id of the last event
     * @param remaining the number of events that are not yet sent
     */
    public record Replay(String replayId, String from, String to, long remaining, Instant requestedAt) {}

    /** An event that the sink has refused permanently. A replay sends it again. */
    public record DeadLetteredEvent(
            String eventId, String orderId, String error, int attempts, Instant deadLetteredAt) {}
}
