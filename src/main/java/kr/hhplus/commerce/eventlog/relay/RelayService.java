package kr.hhplus.commerce.eventlog.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.EventPositions;
import kr.hhplus.commerce.eventlog.EventSink;
import kr.hhplus.commerce.eventlog.Incarnations;
import kr.hhplus.commerce.eventlog.relay.RelayStatus.DeliveryState;
import kr.hhplus.commerce.eventlog.relay.ReplayQueue.StartReplay;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reports the state of the relay, its replays and its dead letters, and starts replays. */
@Component
public class RelayService {

    private final ReplayQueue replays;
    private final RelayLag lag;
    private final JdbcLeases leases;
    private final JdbcDeadLetters deadLetters;
    private final EventLog log;
    private final EventPositions positions;
    private final String sink;
    private final ObjectMapper json;

    RelayService(
            ReplayQueue replays,
            RelayLag lag,
            JdbcLeases leases,
            JdbcDeadLetters deadLetters,
            EventLog log,
            EventPositions positions,
            EventSink sink,
            ObjectMapper json) {
        this.replays = replays;
        this.lag = lag;
        this.leases = leases;
        this.deadLetters = deadLetters;
        this.log = log;
        this.positions = positions;
        this.sink = sink.name();
        this.json = json;
    }

    /**
     * Returns the state of delivery.
     *
     * @param page the page of dead letters to include
     */
    public RelayStatus state(PageRequest page) {
        JdbcLeases.State lease = leases.state();
        long position = lag.position();
        long head = Math.max(position, lag.head());
        Incarnations incarnations = log.incarnations();
        return new RelayStatus(
                sink,
                deliveryState(lease),
                lease.error(),
                lease.failingSince(),
                incarnations.textAt(position),
                incarnations.textAt(head),
                head - position,
                log.occurredAt(position + 1).orElse(null),
                replays.latest().orElse(null),
                deadLetters.count(),
                deadLetters.page(page, incarnations));
    }

    private static DeliveryState deliveryState(JdbcLeases.State lease) {
        if (!lease.held()) {
            return DeliveryState.NO_LEADER;
        }
        return lease.error() == null ? DeliveryState.DELIVERING : DeliveryState.FAILING;
    }

    /**
     * Starts a replay, which sends events again beside the delivery of new ones.
     *
     * @param from the id of an event, or an ISO-8601 time
     * @param caller the operator, for the audit log
     * @param key the caller's idempotency key, or null
     * @throws RefusedException INVALID_REQUEST if {@code from} is neither; EVENT_LOG_REWOUND if the event is lost
     */
    public CompletableFuture<CommandResult<RelayStatus.Replay>> replay(
            String from, Caller caller, @Nullable String key) {
        // Fingerprints of the first version contain the request in this form.
        IdempotencyKey idempotencyKey = IdempotencyKey.of(caller, key, "replay ReplayRequest[from=" + from + "]");
        return replays.submit(new StartReplay(position(from), caller.name(), idempotencyKey));
    }

    /** @return the first position that an event id or a time selects */
    private long position(String from) {
        if (IdText.parse(from).isPresent()) {
            return first(from);
        }
        try {
            return log.startingAt(json.convertValue(from, Instant.class));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(InvalidRequest.at("/from", "eventOrTime"));
        }
    }

    private long first(String eventId) {
        try {
            long position = positions.of(eventId);
            if (position > 0) {
                return position;
            }
        } catch (RefusedException e) {
            if (e.refusal().code() != ErrorCode.INVALID_CURSOR) {
                throw e;
            }
        }
        throw new RefusedException(InvalidRequest.at("/from", "eventOrTime"));
    }
}
