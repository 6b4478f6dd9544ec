package kr.hhplus.commerce.console;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.payment.PaymentReconciliation;
import kr.hhplus.commerce.payment.PaymentService;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A day of the payment provider beside the ledger, line by line. */
@HtmlPage
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class PaymentPagesController {

    private static final ZoneId DAY_ZONE = ZoneId.of("Asia/Seoul");

    private final PaymentReconciliation reconciliation;
    private final PaymentService payments;
    private final Clock clock;

    PaymentPagesController(PaymentReconciliation reconciliation, PaymentService payments, Clock clock) {
        this.reconciliation = reconciliation;
        this.payments = payments;
        this.clock = clock;
    }

    /** @param date the day in Asia/Seoul; without it, today */
    @GetMapping(path = "/console/payments", produces = MediaType.TEXT_HTML_VALUE)
    String day(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate date,
            Model model) {
        LocalDate day = date == null ? LocalDate.ofInstant(clock.instant(), DAY_ZONE) : date;
        model.addAttribute("date", day);
        model.addAttribute("report", payments.isAvailable() ? reconciliation.compare(day) : null);
        return "console/payments";
    }
}
