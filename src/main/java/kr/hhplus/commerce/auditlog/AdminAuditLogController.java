package kr.hhplus.commerce.auditlog;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the audit log to operators. The query parameters keep the API's names: kind, who, from, to. */
@RestController
@RequestMapping("/admin/trail")
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class AdminAuditLogController {

    private final AuditLog auditLog;
    private final ObjectMapper json;

    AdminAuditLogController(AuditLog auditLog, ObjectMapper json) {
        this.auditLog = auditLog;
        this.json = json;
    }

    @GetMapping
    Page<AuditLogEntry> entries(
            @RequestParam(name = "kind", required = false) @Nullable AuditLogAction action,
            @RequestParam(name = "who", required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer size) {
        PageRequest page = PageRequest.of(cursor, size);
        return auditLog.page(new AuditLogQuery(action, actor, time("/from", from), time("/to", to)), page);
    }

    private @Nullable Instant time(String pointer, @Nullable String time) {
        if (time == null || time.isEmpty()) {
            return null;
        }
        try {
            return json.convertValue(time, Instant.class);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(InvalidRequest.at(pointer, "time"));
        }
    }
}
