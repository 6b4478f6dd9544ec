package kr.hhplus.commerce.storefront;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.payment.PaymentService;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/**
 * The page of the payment sandbox, in place of a provider's page: the visitor chooses how the payment ends. Exists only
 * while the sandbox is configured.
 */
@HtmlPage
@RequestMapping(path = "/shop/sandbox/{topUpId}", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class SandboxController {

    private final PaymentService payments;

    SandboxController(PaymentService payments) {
        this.payments = payments;
    }

    @GetMapping
    String choose(Visitor visitor, @PathVariable String topUpId, Model model) {
        requireSandbox();
        model.addAttribute("topUp", payments.find(topUpId, visitor.user()));
        model.addAttribute("topUpId", topUpId);
        model.addAttribute("behaviours", payments.sandboxBehaviours());
        return "shop/sandbox";
    }

    /** Sends webhooks repeatedly and out of order. */
    @PostMapping("/webhooks")
    View webhooks(Visitor visitor, @PathVariable String topUpId) {
        requireSandbox();
        payments.find(topUpId, visitor.user());
        for (String status : List.of("DONE", "ABORTED", "DONE", "IN_PROGRESS")) {
            ObjectNode webhook = JsonNodeFactory.instance.objectNode();
            webhook.put("eventType", "PAYMENT_STATUS_CHANGED");
            webhook.putObject("data").put("orderId", topUpId).put("status", status);
            payments.hint("sandbox", webhook);
        }
        return SeeOther.to("/shop/sandbox/" + topUpId + "?sent");
    }

    private void requireSandbox() {
        if (!payments.hasSandbox()) {
            throw new RefusedException(Refusal.of(ErrorCode.NOT_FOUND));
        }
    }
}
