package kr.hhplus.commerce.console.desk;

import java.time.Instant;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.PageTimes;
import kr.hhplus.commerce.shared.paging.PageRequest;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.shared.problem.RefusedException;
import kr.hhplus.commerce.trail.Trail;
import kr.hhplus.commerce.trail.TrailKind;
import kr.hhplus.commerce.trail.TrailQuery;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The audit trail: who did what, newest first. */
@HtmlPage
@RequestMapping(path = "/console/trail", produces = MediaType.TEXT_HTML_VALUE)
class TrailPagesController {

    private final Trail trail;
    private final PageTimes times;

    TrailPagesController(Trail trail, PageTimes times) {
        this.trail = trail;
        this.times = times;
    }

    @GetMapping
    String entries(
            @RequestParam(required = false) TrailKind kind,
            @RequestParam(defaultValue = "") String who,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(required = false) String cursor,
            Model model) {
        TrailQuery query = new TrailQuery(kind, who.strip(), time("/from", from), time("/to", to));
        model.addAttribute("entries", trail.page(query, PageRequest.of(cursor, 50)));
        model.addAttribute("kinds", TrailKind.values());
        model.addAttribute("kind", kind);
        model.addAttribute("who", who);
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        return "console/trail";
    }

    private Instant time(String pointer, String typed) {
        return typed.isBlank()
                ? null
                : times.parse(typed).orElseThrow(() -> new RefusedException(InvalidRequest.at(pointer, "localTime")));
    }
}
