package kr.hhplus.commerce.feed.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.feed.Delivery;
import kr.hhplus.commerce.feed.EventLog;
import kr.hhplus.commerce.feed.delivery.Deliveries.ReplayState;
import kr.hhplus.commerce.feed.delivery.Deliveries.StartReplay;
import kr.hhplus.commerce.feed.delivery.JdbcParkedEvents.ParkedEvent;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.answers.Answers;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.paging.Page;
import kr.hhplus.commerce.shared.paging.PageRequest;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.shared.problem.RefusedException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/admin/deliveries")
class DeliveriesController {

    private final Deliveries deliveries;
    private final Backlog backlog;
    private final JdbcLeases leases;
    private final JdbcParkedEvents parkedEvents;
    private final EventLog log;
    private final String form;
    private final ObjectMapper json;

    DeliveriesController(
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

    /** How delivery goes. */
    enum State {
        DELIVERING,
        FAILING,
        NO_WRITER
    }

    record DeliveryState(
            String form,
            State state,
            String error,
            Instant failingSince,
            String position,
            String head,
            long lag,
            Instant oldestAt,
            ReplayState replay,
            long parkedCount,
            Page<ParkedEvent> parked) {}

    record ReplayRequest(@NotBlank String from) {}

    @GetMapping
    DeliveryState state(@RequestParam(required = false) String cursor, @RequestParam(required = false) Integer size) {
        PageRequest page = PageRequest.of(cursor, size);
        JdbcLeases.State writer = leases.state();
        long position = backlog.position();
        long head = Math.max(position, backlog.head());
        return new DeliveryState(
                form,
                state(writer),
                writer.error(),
                writer.failingSince(),
                IdText.of(position),
                IdText.of(head),
                head - position,
                log.occurredAt(position + 1).orElse(null),
                deliveries.latest().orElse(null),
                parkedEvents.count(),
                parkedEvents.page(page));
    }

    private static State state(JdbcLeases.State writer) {
        if (!writer.written()) {
            return State.NO_WRITER;
        }
        return writer.error() == null ? State.DELIVERING : State.FAILING;
    }

    @PostMapping("/replay")
    CompletableFuture<ResponseEntity<ReplayState>> replay(
            Caller caller,
            @Valid @RequestBody ReplayRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) String key) {
        RequestKey requestKey = RequestKey.of(caller, key, "replay " + request);
        return Answers.accepted(
                deliveries.submit(new StartReplay(position(request.from()), caller.name(), requestKey)));
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
