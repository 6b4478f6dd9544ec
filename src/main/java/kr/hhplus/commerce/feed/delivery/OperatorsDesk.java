package kr.hhplus.commerce.feed.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.feed.Delivery;
import kr.hhplus.commerce.feed.DeliveryDesk;
import kr.hhplus.commerce.feed.DeliveryState;
import kr.hhplus.commerce.feed.DeliveryState.Going;
import kr.hhplus.commerce.feed.EventLog;
import kr.hhplus.commerce.feed.EventPositions;
import kr.hhplus.commerce.feed.Incarnations;
import kr.hhplus.commerce.feed.delivery.Deliveries.StartReplay;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.paging.PageRequest;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.shared.problem.RefusedException;
import org.springframework.stereotype.Component;

/** Puts together what is known of the relay, its replays and what it has parked. */
@Component
class OperatorsDesk implements DeliveryDesk {

    private final Deliveries deliveries;
    private final Backlog backlog;
    private final JdbcLeases leases;
    private final JdbcParkedEvents parkedEvents;
    private final EventLog log;
    private final EventPositions positions;
    private final String form;
    private final ObjectMapper json;

    OperatorsDesk(
            Deliveries deliveries,
            Backlog backlog,
            JdbcLeases leases,
            JdbcParkedEvents parkedEvents,
            EventLog log,
            EventPositions positions,
            Delivery delivery,
            ObjectMapper json) {
        this.deliveries = deliveries;
        this.backlog = backlog;
        this.leases = leases;
        this.parkedEvents = parkedEvents;
        this.log = log;
        this.positions = positions;
        this.form = delivery.form();
        this.json = json;
    }

    @Override
    public DeliveryState state(PageRequest parked) {
        JdbcLeases.State writer = leases.state();
        long position = backlog.position();
        long head = Math.max(position, backlog.head());
        Incarnations incarnations = log.incarnations();
        return new DeliveryState(
                form,
                going(writer),
                writer.error(),
                writer.failingSince(),
                incarnations.textAt(position),
                incarnations.textAt(head),
                head - position,
                log.occurredAt(position + 1).orElse(null),
                deliveries.latest().orElse(null),
                parkedEvents.count(),
                parkedEvents.page(parked, incarnations));
    }

    private static Going going(JdbcLeases.State writer) {
        if (!writer.written()) {
            return Going.NO_WRITER;
        }
        return writer.error() == null ? Going.DELIVERING : Going.FAILING;
    }

    @Override
    public CompletableFuture<Answer<DeliveryState.Replay>> replay(String from, Caller caller, String key) {
        // As the request is written in logs and fingerprints since the first version.
        RequestKey requestKey = RequestKey.of(caller, key, "replay ReplayRequest[from=" + from + "]");
        return deliveries.submit(new StartReplay(position(from), caller.name(), requestKey));
    }

    /** @return the first position that an event id, or a time, asks for */
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
