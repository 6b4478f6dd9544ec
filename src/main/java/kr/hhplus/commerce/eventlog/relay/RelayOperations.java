package kr.hhplus.commerce.eventlog.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.EventPositions;
import kr.hhplus.commerce.eventlog.EventSink;
import kr.hhplus.commerce.eventlog.Incarnations;
import kr.hhplus.commerce.eventlog.RelayService;
import kr.hhplus.commerce.eventlog.SinkState;
import kr.hhplus.commerce.eventlog.SinkState.DeliveryState;
import kr.hhplus.commerce.eventlog.relay.Deliveries.StartReplay;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import org.springframework.stereotype.Component;

/** Reports the state of the relay, its replays and its dead letters, and starts replays. */
@Component
class RelayOperations implements RelayService {

    private final Deliveries deliveries;
    private final RelayLag lag;
    private final JdbcLeases leases;
    private final JdbcDeadLetters deadLetters;
    private final EventLog log;
    private final EventPositions positions;
    private final String sink;
    private final ObjectMapper json;

    RelayOperations(
            Deliveries deliveries,
            RelayLag lag,
            JdbcLeases leases,
            JdbcDeadLetters deadLetters,
            EventLog log,
            EventPositions positions,
            EventSink sink,
            ObjectMapper json) {
        this.deliveries = deliveries;
        this.lag = lag;
        this.leases = leases;
        this.deadLetters = deadLetters;
        this.log = log;
        this.positions = positions;
        this.sink = sink.name();
        this.json = json;
    }

    @Override
    public SinkState state(PageRequest page) {
        JdbcLeases.State lease = leases.state();
        long position = lag.position();
        long head = Math.max(position, lag.head());
        Incarnations incarnations = log.incarnations();
        return new SinkState(
                sink,
                deliveryState(lease),
                lease.error(),
                lease.failingSince(),
                incarnations.textAt(position),
                incarnations.textAt(head),
                head - position,
                log.occurredAt(position + 1).orElse(null),
                deliveries.latest().orElse(null),
                deadLetters.count(),
                deadLetters.page(page, incarnations));
    }

    private static DeliveryState deliveryState(JdbcLeases.State lease) {
        if (!lease.held()) {
            return DeliveryState.NO_LEADER;
        }
        return lease.error() == null ? DeliveryState.DELIVERING : DeliveryState.FAILING;
    }

    @Override
    public CompletableFuture<CommandResult<SinkState.Replay>> replay(String from, Caller caller, String key) {
        // Fingerprints of the first version contain the request in this form.
        IdempotencyKey idempotencyKey = IdempotencyKey.of(caller, key, "replay ReplayRequest[from=" + from + "]");
        return deliveries.submit(new StartReplay(position(from), caller.name(), idempotencyKey));
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
