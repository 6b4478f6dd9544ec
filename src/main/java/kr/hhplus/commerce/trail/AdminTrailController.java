package kr.hhplus.commerce.trail;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import kr.hhplus.commerce.shared.ids.Ids;
import kr.hhplus.commerce.shared.paging.Page;
import kr.hhplus.commerce.shared.paging.PageRequest;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.shared.problem.RefusedException;
import kr.hhplus.commerce.trail.JdbcTrail.Wanted;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/admin/trail")
class AdminTrailController {

    private final JdbcTrail rows;
    private final ObjectMapper json;

    AdminTrailController(JdbcTrail rows, ObjectMapper json) {
        this.rows = rows;
        this.json = json;
    }

    @GetMapping
    Page<TrailEntry> entries(
            @RequestParam(required = false) TrailKind kind,
            @RequestParam(required = false) String who,
            @RequestParam(required = false) String from,
            @RequestParam(required = false) String to,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        PageRequest page = PageRequest.of(cursor, size);
        if (who != null && who.length() > JdbcTrail.TEXT_LENGTH_MAX) {
            throw new RefusedException(InvalidRequest.at("/who", "Size", 0, JdbcTrail.TEXT_LENGTH_MAX));
        }
        long first = boundary("/from", from, 0);
        long end = Math.min(page.idBefore(), boundary("/to", to, Long.MAX_VALUE));
        Wanted wanted = new Wanted(kind, who == null || who.isEmpty() ? null : who, first, end);
        return Page.of(rows.find(wanted, page.size() + 1), page.size(), TrailEntry::entryId);
    }

    /** The smallest id of that time on. */
    private long boundary(String pointer, String time, long without) {
        if (time == null || time.isEmpty()) {
            return without;
        }
        try {
            return Ids.firstOf(json.convertValue(time, Instant.class));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(InvalidRequest.at(pointer, "time"));
        }
    }
}
