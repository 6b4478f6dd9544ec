package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.pages.CommandResults;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.payment.Checkout;
import kr.hhplus.commerce.payment.PaymentService;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** A user's top-ups by payments: begin, pay, confirm. */
@HtmlPage
@RequestMapping(path = "/shop/top-ups", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class TopUpPagesController {

    private static final String TEMPLATE = "shop/top-up";

    /** Allows what the payment window of Toss Payments needs, beside what pages may do otherwise. */
    static final String TOSS_POLICY = "default-src 'self'; script-src 'self' https://js.tosspayments.com;"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data: https://*.tosspayments.com;"
            + " connect-src 'self' https://*.tosspayments.com; frame-src https://*.tosspayments.com;"
            + " form-action 'self' https://*.tosspayments.com; object-src 'none'; base-uri 'none';"
            + " frame-ancestors 'none'";

    private final PaymentService payments;
    private final RefusedForms refused;

    TopUpPagesController(PaymentService payments, RefusedForms refused) {
        this.payments = payments;
        this.refused = refused;
    }

    @PostMapping
    CompletionStage<View> create(Visitor visitor, @RequestParam String amount, @RequestParam String key) {
        Won won = Won.of(MyBalanceController.won(amount));
        return payments.create(visitor.caller(), visitor.user(), won, null, key)
                .thenApply(CommandResults::valueOrThrow)
                .thenApply(created -> {
                    Checkout checkout = payments.checkout(created.topUp());
                    String id = IdText.of(created.topUp().id());
                    return SeeOther.to(checkout == null ? "/shop/top-ups/" + id : payAt(id, checkout));
                });
    }

    /**
     * Shows a top-up. A provider's payment window returns here, too.
     *
     * @param paymentKey of the payment that the user has authorized; null if there is none
     * @param amount what the provider says that the user has authorized
     * @param code why the user has authorized none
     */
    @GetMapping("/{topUpId}")
    ModelAndView topUp(
            Visitor visitor,
            @PathVariable String topUpId,
            @RequestParam(required = false) String paymentKey,
            @RequestParam(required = false) String amount,
            @RequestParam(required = false) String code,
            HttpServletResponse response) {
        Map<String, Object> model = form(visitor, topUpId);
        if (paymentKey != null) {
            model.put("paymentKey", paymentKey);
            model.put("paidAmount", amount);
            model.remove("payAt");
        } else if (model.get("checkout") instanceof Checkout checkout && checkout.clientKey() != null) {
            response.setHeader("Content-Security-Policy", TOSS_POLICY);
            model.put("widget", checkout);
            model.put("failed", code != null);
            model.remove("payAt");
        }
        return new ModelAndView(TEMPLATE, model);
    }

    /** @param amount what the user has authorized; empty or null if the provider has not said it */
    @PostMapping("/{topUpId}/confirm")
    CompletionStage<View> confirm(
            Visitor visitor,
            @PathVariable String topUpId,
            @RequestParam String paymentKey,
            @RequestParam(required = false) String amount) {
        if (!paymentKey.matches("[A-Za-z0-9_-]{1,200}")) {
            throw new RefusedException(InvalidRequest.at("/paymentKey", "Pattern"));
        }
        Won won = amount == null || amount.isEmpty() ? null : Won.of(MyBalanceController.won(amount));
        TopUp topUp = payments.find(topUpId, visitor.user());
        return payments.confirm(visitor.caller(), topUp, paymentKey, won, null)
                .thenApply(CommandResults::valueOrThrow)
                .thenApply(confirmed -> SeeOther.to("/shop/top-ups/" + topUpId));
    }

    @ExceptionHandler(Exception.class)
    ModelAndView again(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        String topUpId = RefusedForms.pathVariable(request, "topUpId");
        return refused.again(TEMPLATE, () -> form(Visitor.of(request), topUpId), failure, request, response);
    }

    private Map<String, Object> form(Visitor visitor, String topUpId) {
        Map<String, Object> model = new HashMap<>();
        model.put("topUpId", topUpId);
        if (!topUpId.isEmpty()) {
            TopUp topUp = payments.find(topUpId, visitor.user());
            Checkout checkout = topUp.status() == TopUp.Status.PENDING ? payments.checkout(topUp) : null;
            model.put("topUp", topUp);
            model.put("checkout", checkout);
            model.put("payAt", payAt(topUpId, checkout));
        }
        return model;
    }

    /** The page on which the user pays; null if the provider is no longer configured. */
    private static @Nullable String payAt(String topUpId, @Nullable Checkout checkout) {
        if (checkout == null) {
            return null;
        }
        return checkout.url() == null ? "/shop/top-ups/" + topUpId : checkout.url();
    }
}
