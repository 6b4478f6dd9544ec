package kr.hhplus.commerce.order;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
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
import kr.hhplus.commerce.order.OrderCommand.RefundOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Refunds pieces of orders and lists the refunds, for the API and for pages. */
@Service
public class RefundService {

    private final OrderBatchHandler batches;
    private final OrderRefunds refunds;
    private final SoldOutProductCheck soldOutProductCheck;
    private final Validator validator;
    private final OrderProperties properties;
    private final Clock clock;

    RefundService(
            OrderBatchHandler batches,
            OrderRefunds refunds,
            SoldOutProductCheck soldOutProductCheck,
            Validator validator,
            OrderProperties properties,
            Clock clock) {
        this.batches = batches;
        this.refunds = refunds;
        this.soldOutProductCheck = soldOutProductCheck;
        this.validator = validator;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Refunds pieces of an order. Whom the time and fulfilment bind is as for {@link OrderService#cancel}.
     *
     * @param order an order that {@link OrderService#find} returned for this caller
     * @param key the idempotency key, or null
     * @throws ConstraintViolationException if the request breaks a constraint of {@link RefundRequest}
     * @throws RefusedException FORBIDDEN if the caller is no operator and says whether to restock
     */
    public CompletableFuture<CommandResult<OrderRefund>> refund(
            Caller caller, Order order, RefundRequest request, @Nullable String key) {
        boolean operator = caller.authenticated() && caller.has(Role.ADMIN);
        return refund(caller, operator, caller.operatorName(), order, request, key);
    }

    /** Refunds pieces for the console; unlike {@link #refund} it writes to the audit log in local mode too. */
    public CompletableFuture<CommandResult<OrderRefund>> refundAsOperator(
            Caller caller, Order order, RefundRequest request, @Nullable String key) {
        return refund(caller, true, caller.name(), order, request, key);
    }

    private CompletableFuture<CommandResult<OrderRefund>> refund(
            Caller caller,
            boolean operator,
            @Nullable String refundedBy,
            Order order,
            RefundRequest request,
            @Nullable String key) {
        Set<ConstraintViolation<RefundRequest>> violations = validator.validate(request);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        if (request.restock() != null && !caller.has(Role.ADMIN)) {
            throw new RefusedException(Refusal.of(ErrorCode.FORBIDDEN));
        }
        boolean restock = !Boolean.FALSE.equals(request.restock());
        SortedMap<Long, Long> quantities = request.quantities();
        String fingerprint = "refund " + order.orderId() + " " + quantities + " " + restock + " " + request.reason();
        RefundOrder command = new RefundOrder(
                order.userId(),
                IdText.parse(order.orderId()).orElseThrow(),
                quantities,
                operator,
                restock,
                request.reason(),
                refundedBy,
                IdempotencyKey.of(caller, key, fingerprint));
        return batches.submitRefund(command).whenComplete((result, failure) -> soldOutProductCheck.onRefunded(result));
    }

    /** Returns why the buyer of an order cannot have pieces refunded now; empty if the buyer can. */
    public Optional<Refusal> refundRefusal(Order order) {
        return RefundRules.checkRefundable(order, false, properties.cancelWithin(), clock.instant());
    }

    /** Lists the refunds of an order, newest first. */
    public Page<OrderRefund> page(Order order, PageRequest page) {
        Cursors cursors = page.cursorsOf("refunds", order.orderId());
        long orderId = IdText.parse(order.orderId()).orElseThrow();
        List<OrderRefund> found = refunds.page(orderId, cursors.idBefore(), page.size() + 1);
        return Page.of(found, page.size(), cursors, OrderRefund::refundId);
    }
}
