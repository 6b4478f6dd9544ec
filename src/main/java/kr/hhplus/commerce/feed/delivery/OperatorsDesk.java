package kr.hhplus.commerce.feed.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.feed.Delivery;
import kr.hhplus.commerce.feed.DeliveryDesk;
import kr.hhplus.commerce.feed.DeliveryState;
import kr.hhplus.commerce.feed.DeliveryState.Going;
import kr.hhplus.commerce.feed.EventLog;
import kr.hhplus.commerce.feed.delivery.Deliveries.StartReplay;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.paging.PageRequest;
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
    private final String form;
    private final ObjectMapper json;

    OperatorsDesk(
            Deliveries deliveries,
            Backlog backlog,
            JdbcLeases leases,
            JdbcParkedEvents parkedEvents,
            EventLog log,
            Delivery delivery,
            ObjectMapper json) {
        this.deliveries = deliveries;
        this.backlog = backlog;
        this.leases = leases;
        this.parkedEvents = parkedEvents;
        this.log = log;
        this.form = delivery.form();
        this.json = json;
    }

    @Override
    public DeliveryState state(PageRequest parked) {
        JdbcLeases.State writer = leases.state();
        long position = backlog.position();
        long head = Math.max(position, backlog.head());
        return new DeliveryState(
                form,
                going(writer),
                writer.error(),
                writer.failingSince(),
                IdText.of(position),
                IdText.of(head),
                head - position,
                log.occurredAt(position + 1).orElse(null),
                deliveries.latest().orElse(null),
                parkedEvents.count(),
                parkedEvents.page(parked));
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
        OptionalLong id = IdText.parse(from);
        if (id.isPresent()) {
            if (id.getAsLong() < 1 || id.getAsLong() > log.head()) {
                throw new RefusedException(InvalidRequest.at("/from", "eventOrTime"));
            }
            return id.getAsLong();
        }
        try {
            return log.startingAt(json.convertValue(from, Instant.class));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(InvalidRequest.at("/from", "eventOrTime"));
        }
    }
}
