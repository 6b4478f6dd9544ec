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
                    String page = "/shop/top-ups/" + IdText.of(created.topUp().id());
                    return SeeOther.to(checkout == null || checkout.url() == null ? page : checkout.url());
                });
    }

    @GetMapping("/{topUpId}")
    ModelAndView topUp(
            Visitor visitor, @PathVariable String topUpId, @RequestParam(required = false) String paymentKey) {
        Map<String, Object> model = form(visitor, topUpId);
        model.put("paymentKey", paymentKey);
        return new ModelAndView(TEMPLATE, model);
    }

    @PostMapping("/{topUpId}/confirm")
    CompletionStage<View> confirm(Visitor visitor, @PathVariable String topUpId, @RequestParam String paymentKey) {
        if (!paymentKey.matches("[A-Za-z0-9_-]{1,200}")) {
            throw new RefusedException(InvalidRequest.at("/paymentKey", "Pattern"));
        }
        TopUp topUp = payments.find(topUpId, visitor.user());
        return payments.confirm(visitor.caller(), topUp, paymentKey, null, null)
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
        model.put("topUp", topUpId.isEmpty() ? null : payments.find(topUpId, visitor.user()));
        model.put("topUpId", topUpId);
        return model;
    }
}
