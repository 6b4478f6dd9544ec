package kr.hhplus.commerce.order;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.paging.MoneyPage;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.web.request.OwnerDefault;
import kr.hhplus.commerce.web.response.FastPath;
import kr.hhplus.commerce.web.response.Responses;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {

    private final SoldOutProducts soldOut;
    private final OrderBatchHandler ordering;
    private final OrderService orders;

    OrderController(SoldOutProducts soldOut, OrderBatchHandler ordering, OrderService orders, FastPath fastPath) {
        this.soldOut = soldOut;
        this.ordering = ordering;
        this.orders = orders;
        fastPath.open("/orders", OrderRequest.class, this::place);
    }

    @PostMapping("/orders")
    CompletableFuture<ResponseEntity<Order>> place(
            Caller caller,
            @Valid @RequestBody OrderRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.created(
                soldOut.refuseOr(ordering::submit, request.toCommand(caller, key)),
                order -> URI.create("/orders/" + order.orderId()));
    }

    @PostMapping("/orders/{orderId}/cancel")
    CompletableFuture<ResponseEntity<Order>> cancel(
            Caller caller,
            @PathVariable String orderId,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.ok(orders.cancel(caller, orders.find(orderId, caller.sees()), key));
    }

    @GetMapping("/orders/{orderId}")
    Order order(Caller caller, @PathVariable String orderId) {
        return orders.find(orderId, caller.sees());
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
    MoneyPage<Order> all(
            @RequestParam(required = false) @Id Long userId,
            @RequestParam(required = false) Order.Status status,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        return page(userId, status, PageRequest.of(cursor, size));
    }

    private MoneyPage<Order> page(Long userId, Order.Status status, PageRequest page) {
        return MoneyPage.of(orders.page(userId, status, page).map(Order::listed));
    }
}
