package kr.hhplus.commerce.order;

import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.paging.MoneyPage;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.request.JsonBody;
import kr.hhplus.commerce.web.response.Responses;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/orders/{orderId}/refunds")
@Access(AccessRule.AUTHENTICATED)
class RefundController {

    private final OrderService orders;
    private final RefundService refunds;

    RefundController(OrderService orders, RefundService refunds) {
        this.orders = orders;
        this.refunds = refunds;
    }

    @PostMapping
    @RateLimited(RateLimitGroup.ORDER)
    CompletableFuture<ResponseEntity<OrderRefund>> refund(
            Caller caller,
            @PathVariable String orderId,
            @JsonBody RefundRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        Order order = orders.find(orderId, caller.visibleUserId());
        return Responses.created(refunds.refund(caller, order, request, key), null);
    }

    @GetMapping
    MoneyPage<OrderRefund> list(
            Caller caller,
            @PathVariable String orderId,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        PageRequest page = PageRequest.of(cursor, size);
        return MoneyPage.of(refunds.page(orders.find(orderId, caller.visibleUserId()), page));
    }
}
