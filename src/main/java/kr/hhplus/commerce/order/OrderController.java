package kr.hhplus.commerce.order;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.Id;
import kr.hhplus.commerce.shared.http.OwnIfAbsent;
import kr.hhplus.commerce.shared.http.answers.Answers;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.paging.MoneyPage;
import kr.hhplus.commerce.shared.paging.Page;
import kr.hhplus.commerce.shared.paging.PageRequest;
import kr.hhplus.commerce.shared.problem.RefusedException;
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
    private final Ordering ordering;
    private final Orders orders;

    OrderController(SoldOutProducts soldOut, Ordering ordering, Orders orders) {
        this.soldOut = soldOut;
        this.ordering = ordering;
        this.orders = orders;
    }

    @PostMapping("/orders")
    CompletableFuture<ResponseEntity<Order>> place(
            Caller caller,
            @Valid @RequestBody OrderRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) String key) {
        return Answers.created(
                soldOut.refuseOr(ordering::submit, request.toCommand(caller, key)),
                order -> URI.create("/orders/" + order.orderId()));
    }

    @PostMapping("/orders/{orderId}/cancel")
    CompletableFuture<ResponseEntity<Order>> cancel(
            Caller caller,
            @PathVariable String orderId,
            @RequestHeader(name = RequestKey.HEADER, required = false) String key) {
        Order order = find(caller, orderId);
        RequestKey requestKey = RequestKey.of(caller, key, "cancel " + orderId);
        long number = IdText.parse(orderId).orElseThrow();
        return Answers.ok(soldOut.refuseOr(ordering::submit, new CancelOrder(order.userId(), number, requestKey)));
    }

    @GetMapping("/orders/{orderId}")
    Order order(Caller caller, @PathVariable String orderId) {
        return find(caller, orderId);
    }

    /** Somebody else's order is as good as none. */
    private Order find(Caller caller, String orderId) {
        return IdText.parse(orderId).stream()
                .boxed()
                .findFirst()
                .flatMap(id -> orders.find(id, caller.sees()))
                .orElseThrow(() -> new RefusedException(OrderRefusal.ORDER_NOT_FOUND));
    }

    @GetMapping("/orders")
    MoneyPage<Order> ofUser(
            Caller caller,
            @RequestParam(required = false) @OwnIfAbsent @Id Long userId,
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
        return MoneyPage.of(
                Page.of(orders.page(userId, status, page.idBefore(), page.size() + 1), page.size(), Order::orderId)
                        .map(Order::listed));
    }
}
