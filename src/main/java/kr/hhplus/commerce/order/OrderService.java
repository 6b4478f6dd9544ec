package kr.hhplus.commerce.order;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Caller.Role;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderCommand.FulfilOrder;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Places, cancels and finds orders, for the API and for pages. */
@Service
public class OrderService {

    private final SoldOutProductCheck soldOutProductCheck;
    private final OrderBatchHandler batches;
    private final Orders orders;
    private final Validator validator;
    private final OrderProperties properties;
    private final Clock clock;

    OrderService(
            SoldOutProductCheck soldOutProductCheck,
            OrderBatchHandler batches,
            Orders orders,
            Validator validator,
            OrderProperties properties,
            Clock clock) {
        this.soldOutProductCheck = soldOutProductCheck;
        this.batches = batches;
        this.orders = orders;
        this.validator = validator;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Places an order, of items or of a reservation.
     *
     * @param key the idempotency key, or null
     * @return also the refusals RESERVATION_NOT_FOUND and RESERVATION_EXPIRED
     * @throws ConstraintViolationException if the request breaks a constraint of {@link OrderRequest}
     * @throws RefusedException FORBIDDEN for another user's order; INVALID_REQUEST if the key is not valid, or
     *     the request does not have either items or a reservation
     */
    public CompletableFuture<CommandResult<Order>> place(Caller caller, OrderRequest request, @Nullable String key) {
        Set<ConstraintViolation<OrderRequest>> violations = validator.validate(request);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        request.requireItemsOrReservation();
        if (request.reservationId() != null) {
            // The pieces are the buyer's already: whether the rest is sold out does not matter.
            return batches.submit(request.toPayment(caller, key));
        }
        PlaceOrder command = request.toCommand(caller, key);
        Optional<Refusal> soldOut = soldOutProductCheck.refusalFor(command);
        if (soldOut.isPresent()) {
            return CompletableFuture.completedFuture(CommandResult.refused(soldOut.get()));
        }
        return batches.submit(command).whenComplete((result, failure) -> soldOutProductCheck.onResult(result));
    }

    /**
     * Cancels an order. An operator's token is bound neither by fulfilment nor by {@code commerce.order.cancel-within};
     * in local and open mode the API acts for the buyer, and the console for the operator.
     *
     * @param order an order that {@link #find} returned for this caller
     * @param key the idempotency key, or null
     */
    public CompletableFuture<CommandResult<Order>> cancel(Caller caller, Order order, @Nullable String key) {
        boolean operator = caller.authenticated() && caller.has(Role.ADMIN);
        return cancel(caller, operator, caller.operatorName(), order, key);
    }

    /** Cancels an order for the console; unlike {@link #cancel} it writes to the audit log in local mode too. */
    public CompletableFuture<CommandResult<Order>> cancelAsOperator(Caller caller, Order order, @Nullable String key) {
        return cancel(caller, true, caller.name(), order, key);
    }

    private CompletableFuture<CommandResult<Order>> cancel(
            Caller caller, boolean operator, @Nullable String cancelledBy, Order order, @Nullable String key) {
        IdempotencyKey idempotencyKey = IdempotencyKey.of(caller, key, "cancel " + order.orderId());
        long number = IdText.parse(order.orderId()).orElseThrow();
        return batches.submit(new CancelOrder(order.userId(), number, operator, cancelledBy, idempotencyKey))
                .whenComplete((result, failure) -> soldOutProductCheck.onCancelled(order, result, failure));
    }

    /**
     * Marks an order as fulfilled, once. From then on its buyer cannot cancel it.
     *
     * @param order an order of any user that {@link #find} returned
     * @param key the idempotency key, or null
     */
    public CompletableFuture<CommandResult<Order>> fulfil(Caller caller, Order order, @Nullable String key) {
        IdempotencyKey idempotencyKey = IdempotencyKey.of(caller, key, "fulfil " + order.orderId());
        long number = IdText.parse(order.orderId()).orElseThrow();
        return batches.submit(new FulfilOrder(order.userId(), number, caller.name(), idempotencyKey));
    }

    /** Returns why the buyer of an order cannot cancel it now; empty if the buyer can. */
    public Optional<Refusal> cancellationRefusal(Order order) {
        return OrderRules.checkCancellable(order, false, properties.cancelWithin(), clock.instant());
    }

    /**
     * Finds an order.
     *
     * @param userId the owner; null finds the order of any user
     * @throws RefusedException ORDER_NOT_FOUND, also for another user's order
     */
    public Order find(String orderId, @Nullable Long userId) {
        return IdText.parse(orderId).stream()
                .boxed()
                .findFirst()
                .flatMap(id -> orders.find(id, userId))
                .orElseThrow(() -> new RefusedException(Refusal.of(ErrorCode.ORDER_NOT_FOUND)));
    }

    /**
     * Lists orders, newest first.
     *
     * @param userId only this user's orders; null lists all
     * @param status only orders of this status; null lists all
     */
    public Page<Order> page(@Nullable Long userId, Order.@Nullable Status status, PageRequest page) {
        Cursors cursors = page.cursorsOf("orders", userId, status);
        List<Order> found = orders.page(userId, status, cursors.idBefore(), page.size() + 1);
        return Page.of(found, page.size(), cursors, Order::orderId);
    }
}
