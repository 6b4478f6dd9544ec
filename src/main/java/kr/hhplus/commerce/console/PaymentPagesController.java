package kr.hhplus.commerce.console;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.text.Visible;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.payment.PaymentReconciliation;
import kr.hhplus.commerce.payment.PaymentService;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpService.NeedsOperator;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** A day of the payment provider beside the ledger, line by line; and payments that only an operator can end. */
@HtmlPage
@RequestMapping(path = "/console/payments", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class PaymentPagesController {

    private static final int WAITING_MAX = 50;

    private final PaymentReconciliation reconciliation;
    private final PaymentService payments;
    private final FormSubmissions submissions;
    private final Clock clock;

    PaymentPagesController(
            PaymentReconciliation reconciliation, PaymentService payments, FormSubmissions submissions, Clock clock) {
        this.reconciliation = reconciliation;
        this.payments = payments;
        this.submissions = submissions;
        this.clock = clock;
    }

    /** A top-up that only an operator can end. */
    record Waiting(String topUpId, long userId, Won amount, Instant createdAt, String why) {}

    /** @param date the day in Asia/Seoul; without it, today */
    @GetMapping
    ModelAndView day(@RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate date) {
        LocalDate day = date == null ? LocalDate.ofInstant(clock.instant(), TopUp.DAY_ZONE) : date;
        ModelAndView view = new ModelAndView("console/payments", "date", day);
        view.addObject("none", !payments.isAvailable());
        view.addObject("report", payments.isAvailable() ? compare(day) : null);
        view.addObject(
                "waiting",
                payments.needingOperator(WAITING_MAX).stream()
                        .map(PaymentPagesController::waiting)
                        .toList());
        return view;
    }

    private static Waiting waiting(NeedsOperator needsOperator) {
        TopUp topUp = needsOperator.topUp();
        return new Waiting(
                IdText.of(topUp.id()), topUp.userId(), topUp.amount(), topUp.createdAt(), needsOperator.why());
    }

    /** Returns null while the provider is away: what waits for an operator is shown without it. */
    private PaymentReconciliation.@Nullable Report compare(LocalDate day) {
        try {
            return reconciliation.compare(day);
        } catch (RefusedException e) {
            return null;
        }
    }

    @PostMapping("/{topUpId}/cancel")
    ModelAndView cancel(
            Visitor visitor,
            @PathVariable String topUpId,
            @RequestParam @Visible @CodePointLength(min = 1, max = 200) String reason,
            @RequestParam(required = false) String key,
            ServletWebRequest request) {
        TopUp topUp = payments.find(topUpId, null);
        return submissions
                .submit(request, () -> payments.cancel(visitor.caller(), topUp, reason, key))
                .map(cancelled -> new ModelAndView(SeeOther.to("/console/payments?done=payment-cancelled")))
                .orElseGet(() -> day(null));
    }
}
