package kr.hhplus.commerce.order;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import org.springframework.stereotype.Service;

/** Orders for other modules: placed and cancelled by the way that the API's own calls take, found, and listed. */
@Service
public class OrderService {

    private final SoldOutProducts soldOut;
    private final OrderBatchHandler ordering;
    private final Orders orders;
    private final Validator validator;

    OrderService(SoldOutProducts soldOut, OrderBatchHandler ordering, Orders orders, Validator validator) {
        this.soldOut = soldOut;
        this.ordering = ordering;
        this.orders = orders;
        this.validator = validator;
    }

    /** @throws ConstraintViolationException where the request does not fit the contract */
    public CompletableFuture<CommandResult<Order>> place(Caller caller, OrderRequest request, String key) {
        Set<ConstraintViolation<OrderRequest>> violations = validator.validate(request);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return soldOut.refuseOr(ordering::submit, request.toCommand(caller, key));
    }

    /** @param order one that {@link #find} has found for this caller */
    public CompletableFuture<CommandResult<Order>> cancel(Caller caller, Order order, String key) {
        return cancel(caller, caller.operatorName(), order, key);
    }

    /** The same for the operator's own pages: always in the audit log, in local mode too. */
    public CompletableFuture<CommandResult<Order>> cancelAsOperator(Caller caller, Order order, String key) {
        return cancel(caller, caller.name(), order, key);
    }

    private CompletableFuture<CommandResult<Order>> cancel(Caller caller, String by, Order order, String key) {
        IdempotencyKey requestKey = IdempotencyKey.of(caller, key, "cancel " + order.orderId());
        long number = IdText.parse(order.orderId()).orElseThrow();
        return soldOut.refuseOr(ordering::submit, new CancelOrder(order.userId(), number, by, requestKey));
    }

    /**
     * Somebody else's order is as good as none.
     *
     * @param userId whose it has to be, or null: of whichever user
     * @throws RefusedException ORDER_NOT_FOUND
     */
    public Order find(String orderId, Long userId) {
        return IdText.parse(orderId).stream()
                .boxed()
                .findFirst()
                .flatMap(id -> orders.find(id, userId))
                .orElseThrow(() -> new RefusedException(OrderRefusal.ORDER_NOT_FOUND));
    }

    /** Newest first; user and status narrow the list where they are not null. */
    public Page<Order> page(Long userId, Order.Status status, PageRequest page) {
        Cursors cursors = page.cursorsOf("orders", userId, status);
        List<Order> found = orders.page(userId, status, cursors.idBefore(), page.size() + 1);
        return Page.of(found, page.size(), cursors, Order::orderId);
    }
}
