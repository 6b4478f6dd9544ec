package kr.hhplus.commerce.console;

import java.time.Instant;
import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.auditlog.AuditLogQuery;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.pages.FormTimes;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The audit log, newest entries first. */
@HtmlPage
@RequestMapping(path = "/console/audit-log", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class AuditLogPagesController {

    private final AuditLog auditLog;
    private final FormTimes times;

    AuditLogPagesController(AuditLog auditLog, FormTimes times) {
        this.auditLog = auditLog;
        this.times = times;
    }

    @GetMapping
    String entries(
            @RequestParam(required = false) AuditLogAction kind,
            @RequestParam(defaultValue = "") String who,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(required = false) String cursor,
            Model model) {
        AuditLogQuery query = new AuditLogQuery(kind, who.strip(), time("/from", from), time("/to", to));
        model.addAttribute("entries", auditLog.page(query, PageRequest.of(cursor, 50)));
        model.addAttribute("kinds", AuditLogAction.values());
        model.addAttribute("kind", kind);
        model.addAttribute("who", who);
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        return "console/audit-log";
    }

    private Instant time(String pointer, String typed) {
        return typed.isBlank()
                ? null
                : times.parse(typed).orElseThrow(() -> new RefusedException(InvalidRequest.at(pointer, "localTime")));
    }
}
