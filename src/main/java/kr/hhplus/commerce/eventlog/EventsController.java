package kr.hhplus.commerce.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /events}: the event log for platforms that pull. The stored JSON bodies are returned without parsing. */
@RestController
@Access(AccessRule.SERVICE_OR_ADMIN)
class EventsController {

    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1000;

    private final EventLog log;
    private final EventPositions positions;

    EventsController(EventLog log, EventPositions positions) {
        this.log = log;
        this.positions = positions;
    }

    @GetMapping(path = "/events", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> events(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        int count = limit == null ? LIMIT_DEFAULT : limit;
        if (count < 1 || count > LIMIT_MAX) {
            throw new RefusedException(InvalidRequest.at("/limit", "range", 1, LIMIT_MAX));
        }
        boolean fromStart = after == null || after.isEmpty();
        positions.requireIntact();
        List<StoredEvent> events = log.durableAfter(fromStart ? 0 : positions.of(after), count);
        String cursor = fromStart ? IdText.of(0) : after;
        String next = events.isEmpty() ? cursor : events.get(events.size() - 1).id();
        String page = events.stream()
                .map(StoredEvent::body)
                .collect(Collectors.joining(",", "{\"items\":[", "],\"nextCursor\":\"" + next + "\"}"));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(page.getBytes(StandardCharsets.UTF_8));
    }
}
