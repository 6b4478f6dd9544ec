package kr.hhplus.commerce.order;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.catalog.BatchStock;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.catalog.PurchaseCounts;
import kr.hhplus.commerce.catalog.PurchaseCounts.PurchaseKey;
import kr.hhplus.commerce.eventlog.Outbox;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.groupcommit.CommandQueue;
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.promotion.BatchCoupons;
import kr.hhplus.commerce.promotion.Coupons;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.wallet.BatchBalances;
import kr.hhplus.commerce.wallet.Wallets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Decides batches of orders and cancellations: locks their rows, decides each command in arrival order, and writes the
 * changes. The queue commits once.
 */
@Service
class OrderBatchHandler {

    private final Orders orders;
    private final Wallets wallets;
    private final Coupons coupons;
    private final Products products;
    private final PurchaseCounts purchases;
    private final SaleSwitch sale;
    private final OrderEvents events;
    private final IdempotencyStore idempotencyStore;
    private final AuditLog auditLog;
    private final Ids ids;
    private final Clock clock;
    private final CommandQueue<OrderCommand, CommandResult<Order>> queue;

    OrderBatchHandler(
            Orders orders,
            Wallets wallets,
            Coupons coupons,
            Products products,
            PurchaseCounts purchases,
            SaleSwitch sale,
            OrderEvents events,
            IdempotencyStore idempotencyStore,
            AuditLog auditLog,
            Ids ids,
            Clock clock,
            CommandQueues commandQueues) {
        this.orders = orders;
        this.wallets = wallets;
        this.coupons = coupons;
        this.products = products;
        this.purchases = purchases;
        this.sale = sale;
        this.events = events;
        this.idempotencyStore = idempotencyStore;
        this.auditLog = auditLog;
        this.ids = ids;
        this.clock = clock;
        this.queue = commandQueues.open("order", this::decideBatch, IdempotencyStore.rowsOf(this::rowsToLock));
    }

    CompletableFuture<CommandResult<Order>> submit(OrderCommand command) {
        return queue.submit(command);
    }

    private BatchResult<CommandResult<Order>> decideBatch(List<OrderCommand> commands) {
        OrderBatch batch = lock(commands);
        IdempotencyStore.StoredResults storedResults = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        List<CommandResult<Order>> results = new ArrayList<>(commands.size());
        for (OrderCommand command : commands) {
            results.add(storedResults.replayOrDecide(command, Order.class, () -> decideOne(command, batch, now)));
        }
        if (batch.changes().isEmpty()) {
            return BatchResult.nothingWritten(results);
        }
        save(batch, storedResults, now);
        return new BatchResult<>(
                results, () -> orders.isCommitted(batch.changes().get(0)));
    }

    /** Locks users, coupons and products, in this order (see {@link RowTable#lockOrder}). */
    private OrderBatch lock(List<OrderCommand> commands) {
        Set<Long> users = new HashSet<>();
        Set<String> couponIds = new HashSet<>();
        Set<Long> productIds = new HashSet<>();
        Set<Long> orderIdsToCancel = new HashSet<>();
        for (OrderCommand command : commands) {
            users.add(command.userId());
            if (command instanceof PlaceOrder place) {
                productIds.addAll(place.quantities().keySet());
                if (place.couponId() != null) {
                    couponIds.add(place.couponId());
                }
            } else {
                orderIdsToCancel.add(((CancelOrder) command).orderId());
            }
        }
        BatchBalances balances = wallets.lock(users);
        // An order changes only under its owner's lock, so it needs no lock of its own.
        Map<String, Order> ordersToCancel = new HashMap<>();
        for (Order order : orders.findAll(orderIdsToCancel)) {
            ordersToCancel.put(order.orderId(), order);
            order.items().forEach(item -> productIds.add(item.productId()));
            if (order.couponId() != null) {
                couponIds.add(order.couponId());
            }
        }
        BatchCoupons batchCoupons = coupons.lock(couponIds);
        BatchStock stock = products.lock(productIds);
        return new OrderBatch(
                balances,
                batchCoupons,
                stock,
                purchasedQuantities(commands, stock),
                ordersToCancel,
                sale.refusalWhilePaused());
    }

    /** Reads one row per order line of a product with a purchase limit. */
    private Map<PurchaseKey, Long> purchasedQuantities(List<OrderCommand> commands, BatchStock stock) {
        Set<PurchaseKey> limited = new HashSet<>();
        for (OrderCommand command : commands) {
            if (command instanceof PlaceOrder place) {
                place.quantities().keySet().stream()
                        .filter(stock::bindsPurchaseLimit)
                        .forEach(id -> limited.add(new PurchaseKey(place.userId(), id)));
            }
        }
        return purchases.find(limited);
    }

    private CommandResult<Order> decideOne(OrderCommand command, OrderBatch batch, Instant now) {
        if (command instanceof PlaceOrder place) {
            return OrderRules.place(place, batch, ids.next(), now);
        }
        CancelOrder cancel = (CancelOrder) command;
        CommandResult<Order> result = OrderRules.cancel(cancel, batch, now);
        if (cancel.cancelledBy() != null && result instanceof CommandResult.Done<Order> done) {
            audit(cancel.cancelledBy(), done.value());
        }
        return result;
    }

    /** Writes in the batch's transaction, so that a batch that is rolled back and repeated writes one entry. */
    private void audit(String cancelledBy, Order cancelled) {
        auditLog.write(
                AuditLogAction.ORDER_CANCELLED,
                cancelledBy,
                "order " + cancelled.orderId(),
                Map.of("user", cancelled.userId(), "refunded", cancelled.paidAmount()));
    }

    /** Tables not yet locked are written in lock order. */
    private void save(OrderBatch batch, IdempotencyStore.StoredResults storedResults, Instant now) {
        Collection<Order> changes = batch.changes();
        orders.save(changes);
        wallets.save(batch.balances());
        coupons.save(batch.coupons());
        products.save(batch.stock());
        purchases.add(batch.purchaseChanges());
        idempotencyStore.save(storedResults, now);
        events.append(changes);
    }

    /** Returns the rows that {@link #lock} and {@link #save} lock for each command. */
    private List<Set<RowKey>> rowsToLock(List<OrderCommand> commands) {
        Set<Long> orderIdsToCancel = new HashSet<>();
        for (OrderCommand command : commands) {
            if (command instanceof CancelOrder cancel) {
                orderIdsToCancel.add(cancel.orderId());
            }
        }
        // The lines of an order never change, so it is read without a lock.
        Map<Long, Order> ordersToCancel = new HashMap<>();
        orders.findAll(orderIdsToCancel)
                .forEach(order ->
                        ordersToCancel.put(IdText.parse(order.orderId()).orElseThrow(), order));
        return commands.stream()
                .map(command -> command instanceof PlaceOrder place
                        ? rowsToLock(place.userId(), place.quantities().keySet(), place.couponId())
                        : rowsToLock((CancelOrder) command, ordersToCancel))
                .toList();
    }

    private static Set<RowKey> rowsToLock(CancelOrder cancel, Map<Long, Order> ordersToCancel) {
        Order order = ordersToCancel.get(cancel.orderId());
        if (order == null) {
            return rowsToLock(cancel.userId(), Set.of(), null);
        }
        List<Long> productIds =
                order.items().stream().map(Order.Item::productId).toList();
        Set<RowKey> rows = rowsToLock(cancel.userId(), productIds, order.couponId());
        rows.add(Orders.rowOf(cancel.orderId()));
        return rows;
    }

    private static Set<RowKey> rowsToLock(long userId, Collection<Long> productIds, @Nullable String couponId) {
        Set<RowKey> rows = new HashSet<>();
        rows.add(Wallets.rowOf(userId));
        for (long productId : productIds) {
            rows.add(Products.rowOf(productId));
            // The purchase limit can be read only under the product's lock; this row may not exist.
            rows.add(PurchaseCounts.rowOf(userId, productId));
        }
        if (couponId != null) {
            Coupons.rowOf(couponId).ifPresent(rows::add);
        }
        rows.add(Outbox.HEAD);
        return rows;
    }
}
