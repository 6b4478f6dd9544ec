package kr.hhplus.commerce.payment;

import com.fasterxml.jackson.databind.JsonNode;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Receives webhooks of payment providers. They are hints: the response says nothing about what became of them. */
@RestController
@Access(AccessRule.PUBLIC)
@RateLimited(RateLimitGroup.WEBHOOK)
class WebhookController {

    private final PaymentService payments;

    WebhookController(PaymentService payments) {
        this.payments = payments;
    }

    record Received(boolean received) {}

    @PostMapping("/payments/webhooks/{provider}")
    Received receive(@PathVariable String provider, @RequestBody JsonNode webhook) {
        payments.hint(provider, webhook);
        return new Received(true);
    }
}
