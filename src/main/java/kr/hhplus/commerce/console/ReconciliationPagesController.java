package kr.hhplus.commerce.console;

import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.reconciliation.Reconciliation;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The books: what the last proof on this instance said, and a new one. */
@HtmlPage
@RequestMapping(path = "/console/books", produces = MediaType.TEXT_HTML_VALUE)
class ReconciliationPagesController {

    private final Reconciliation audit;

    ReconciliationPagesController(Reconciliation audit) {
        this.audit = audit;
    }

    @GetMapping
    String books(Model model) {
        model.addAttribute("report", audit.last().orElse(null));
        return "console/books";
    }

    @PostMapping
    View prove(@RequestParam(defaultValue = "") String next) {
        audit.prove();
        return SeeOther.to(next.equals("/console") ? next : "/console/books");
    }
}
