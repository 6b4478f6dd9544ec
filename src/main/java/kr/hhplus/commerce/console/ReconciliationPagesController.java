package kr.hhplus.commerce.console;

import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.reconciliation.Reconciliation;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Reconciliation: the last report of this instance, and a new run. */
@HtmlPage
@RequestMapping(path = "/console/reconciliation", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class ReconciliationPagesController {

    private final Reconciliation reconciliation;

    ReconciliationPagesController(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @GetMapping
    String report(Model model) {
        model.addAttribute("report", reconciliation.last().orElse(null));
        return "console/reconciliation";
    }

    @PostMapping
    View run(@RequestParam(defaultValue = "") String next) {
        reconciliation.prove();
        return SeeOther.to(next.equals("/console") ? next : "/console/reconciliation");
    }
}
