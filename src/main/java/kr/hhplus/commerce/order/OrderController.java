package kr.hhplus.commerce.order;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.paging.MoneyPage;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.FastPath;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.request.JsonBody;
import kr.hhplus.commerce.web.request.OwnerDefault;
import kr.hhplus.commerce.web.response.Responses;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Access(AccessRule.AUTHENTICATED)
class OrderController {

    private final OrderService orderService;

    OrderController(OrderService orderService) {
        this.orderService = orderService;
    }

    @PostMapping("/orders")
    @RateLimited(RateLimitGroup.ORDER)
    @FastPath
    CompletableFuture<ResponseEntity<Order>> place(
            Caller caller,
            @JsonBody OrderRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.created(
                orderService.place(caller, request, key), order -> URI.create("/orders/" + order.orderId()));
    }

    @PostMapping("/orders/{orderId}/cancel")
    @RateLimited(RateLimitGroup.ORDER)
    CompletableFuture<ResponseEntity<Order>> cancel(
            Caller caller,
            @PathVariable String orderId,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.ok(orderService.cancel(caller, orderService.find(orderId, caller.visibleUserId()), key));
    }

    @PostMapping("/admin/orders/{orderId}/fulfil")
    @Access(AccessRule.SERVICE_OR_ADMIN)
    @RateLimited(RateLimitGroup.ADMIN)
    CompletableFuture<ResponseEntity<Order>> fulfil(
            Caller caller,
            @PathVariable String orderId,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.ok(orderService.fulfil(caller, orderService.find(orderId, null), key));
    }

    @GetMapping("/orders/{orderId}")
    Order order(Caller caller, @PathVariable String orderId) {
        return orderService.find(orderId, caller.visibleUserId());
    }

    @GetMapping("/orders")
    MoneyPage<Order> ofUser(
            Caller caller,
            @RequestParam(required = false) @OwnerDefault @Id Long userId,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        PageRequest page = PageRequest.of(cursor, size);
        return page(caller.actingFor(userId), null, page);
    }

    @GetMapping("/admin/orders")
    @Access(AccessRule.ADMIN)
    @RateLimited(RateLimitGroup.ADMIN)
    MoneyPage<Order> all(
            @RequestParam(required = false) @Id Long userId,
            @RequestParam(required = false) Order.Status status,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        return page(userId, status, PageRequest.of(cursor, size));
    }

    private MoneyPage<Order> page(Long userId, Order.Status status, PageRequest page) {
        return MoneyPage.of(orderService.page(userId, status, page).map(Order::listed));
    }
}
