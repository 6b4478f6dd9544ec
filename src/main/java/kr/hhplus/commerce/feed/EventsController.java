package kr.hhplus.commerce.feed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.paging.PageRequest;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.shared.problem.RefusedException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log for platforms that would rather pull. Bodies are JSON as they were written: nothing is parsed again. */
@RestController
class EventsController {

    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1000;

    private final EventLog log;

    EventsController(EventLog log) {
        this.log = log;
    }

    @GetMapping(path = "/events", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> events(
            @RequestParam(required = false) String after, @RequestParam(required = false) Integer limit) {
        int count = limit == null ? LIMIT_DEFAULT : limit;
        if (count < 1 || count > LIMIT_MAX) {
            throw new RefusedException(InvalidRequest.at("/limit", "range", 1, LIMIT_MAX));
        }
        long position = position(after);
        List<StoredEvent> events = log.onDiskAfter(position, count);
        long last = events.isEmpty() ? position : events.get(events.size() - 1).position();
        String page = events.stream()
                .map(StoredEvent::body)
                .collect(Collectors.joining(",", "{\"items\":[", "],\"nextCursor\":\"" + IdText.of(last) + "\"}"));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(page.getBytes(StandardCharsets.UTF_8));
    }

    private static long position(String after) {
        if (after == null || after.isEmpty()) {
            return 0;
        }
        OptionalLong position = IdText.parse(after);
        return position.orElseThrow(PageRequest::invalidCursor);
    }
}
