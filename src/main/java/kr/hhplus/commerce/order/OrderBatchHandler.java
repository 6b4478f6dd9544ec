package kr.hhplus.commerce.order;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
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
import kr.hhplus.commerce.order.OrderCommand.ExpireReservation;
import kr.hhplus.commerce.order.OrderCommand.FulfilOrder;
import kr.hhplus.commerce.order.OrderCommand.HoldReservation;
import kr.hhplus.commerce.order.OrderCommand.PayReservation;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.order.OrderCommand.RefundOrder;
import kr.hhplus.commerce.order.OrderCommand.ReleaseReservation;
import kr.hhplus.commerce.order.OrderCommand.ReservationCommand;
import kr.hhplus.commerce.promotion.BatchCoupons;
import kr.hhplus.commerce.promotion.Coupons;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.wallet.BatchBalances;
import kr.hhplus.commerce.wallet.LedgerEntry;
import kr.hhplus.commerce.wallet.Wallets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Decides batches of orders, reservations, refunds, cancellations and fulfilments: locks their rows, decides each
 * command in arrival order, and writes the changes. The queue commits once.
 */
@Service
class OrderBatchHandler {

    private final Orders orders;
    private final OrderRefunds refunds;
    private final Wallets wallets;
    private final Coupons coupons;
    private final Products products;
    private final PurchaseCounts purchases;
    private final SaleSwitch sale;
    private final OrderEvents events;
    private final IdempotencyStore idempotencyStore;
    private final OrderProperties properties;
    private final AuditLog auditLog;
    private final Ids ids;
    private final Clock clock;
    private final Reservations reservations;
    private final ReservationProperties reservationProperties;
    private final CommandQueue<OrderCommand, CommandResult<?>> queue;

    OrderBatchHandler(
            Orders orders,
            OrderRefunds refunds,
            Wallets wallets,
            Coupons coupons,
            Products products,
            PurchaseCounts purchases,
            SaleSwitch sale,
            OrderEvents events,
            IdempotencyStore idempotencyStore,
            OrderProperties properties,
            AuditLog auditLog,
            Ids ids,
            Clock clock,
            Reservations reservations,
            ReservationProperties reservationProperties,
            CommandQueues commandQueues) {
        this.orders = orders;
        this.refunds = refunds;
        this.wallets = wallets;
        this.coupons = coupons;
        this.products = products;
        this.purchases = purchases;
        this.sale = sale;
        this.events = events;
        this.idempotencyStore = idempotencyStore;
        this.properties = properties;
        this.auditLog = auditLog;
        this.ids = ids;
        this.clock = clock;
        this.reservations = reservations;
        this.reservationProperties = reservationProperties;
        this.queue = commandQueues.open("order", this::decideBatch, IdempotencyStore.rowsOf(this::rowsToLock));
    }

    /** Submits a command whose result is an order. */
    CompletableFuture<CommandResult<Order>> submit(OrderCommand command) {
        return cast(queue.submit(command));
    }

    /** Submits a command whose result is a refund. */
    CompletableFuture<CommandResult<OrderRefund>> submitRefund(RefundOrder command) {
        return cast(queue.submit(command));
    }

    /** Submits a command whose result is a reservation. */
    CompletableFuture<CommandResult<Reservation>> submitReservation(OrderCommand command) {
        return cast(queue.submit(command));
    }

    /** Without a further stage, which every order would pay for. */
    @SuppressWarnings("unchecked")
    private static <T> CompletableFuture<CommandResult<T>> cast(CompletableFuture<CommandResult<?>> result) {
        return (CompletableFuture<CommandResult<T>>) (CompletableFuture<?>) result;
    }

    BatchResult<CommandResult<?>> decideBatch(List<OrderCommand> commands) {
        OrderBatch batch = lock(commands);
        IdempotencyStore.StoredResults storedResults = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        List<CommandResult<?>> results = new ArrayList<>(commands.size());
        for (OrderCommand command : commands) {
            results.add(decide(command, batch, storedResults, now));
        }
        if (batch.isUnchanged()) {
            return BatchResult.nothingWritten(results);
        }
        save(batch, storedResults, now);
        return new BatchResult<>(results, () -> isCommitted(batch, now));
    }

    /**
     * Looks up a row that this batch has inserted. A batch that inserts none has nothing but reservations that end, or
     * orders that are fulfilled: all of these rows must have this batch's time. If another instance's batch has written
     * the same, the results hold all the same.
     */
    private boolean isCommitted(OrderBatch batch, Instant now) {
        List<LedgerEntry> entries = batch.balances().entries();
        if (!entries.isEmpty()) {
            return wallets.isCommitted(entries.get(0));
        }
        List<Reservation> created = batch.reservations().created();
        if (!created.isEmpty()) {
            return reservations.isCommitted(created.get(0));
        }
        List<Reservation> ended = batch.reservations().ended();
        return ended.isEmpty()
                ? orders.areFulfilled(
                        batch.changes().stream().map(OrderChange::order).toList(), now)
                : reservations.haveEnded(ended, now);
    }

    private CommandResult<?> decide(
            OrderCommand command, OrderBatch batch, IdempotencyStore.StoredResults storedResults, Instant now) {
        if (command instanceof RefundOrder refund) {
            return storedResults.replayOrDecide(refund, OrderRefund.class, () -> refund(refund, batch, now));
        }
        if (command instanceof HoldReservation hold) {
            return storedResults.replayOrDecide(
                    command,
                    Reservation.class,
                    () -> ReservationRules.hold(hold, batch, reservationProperties, ids.next(), now));
        }
        if (command instanceof ReleaseReservation release) {
            return release(release, batch, now);
        }
        if (command instanceof ExpireReservation expire) {
            return ReservationRules.expire(expire, batch, now);
        }
        return storedResults.replayOrDecide(command, Order.class, () -> decideOne(command, batch, now));
    }

    /** Locks users, coupons and products, in this order (see {@link RowTable#lockOrder}). */
    private OrderBatch lock(List<OrderCommand> commands) {
        Set<Long> users = new HashSet<>();
        Set<String> couponIds = new HashSet<>();
        Set<Long> productIds = new HashSet<>();
        Set<Long> toCancel = new HashSet<>();
        Set<Long> toFulfil = new HashSet<>();
        Set<Long> toRefund = new HashSet<>();
        Set<Long> reserving = new HashSet<>();
        for (OrderCommand command : commands) {
            users.add(command.userId());
            if (command instanceof PlaceOrder place) {
                productIds.addAll(place.quantities().keySet());
                if (place.couponId() != null) {
                    couponIds.add(place.couponId());
                }
            } else if (command instanceof CancelOrder cancel) {
                toCancel.add(cancel.orderId());
            } else if (command instanceof FulfilOrder fulfil) {
                toFulfil.add(fulfil.orderId());
            } else if (command instanceof RefundOrder refund) {
                toRefund.add(refund.orderId());
                productIds.addAll(refund.quantities().keySet());
            } else if (command instanceof HoldReservation hold) {
                productIds.addAll(hold.quantities().keySet());
                if (reservationProperties.enabled()) {
                    reserving.add(hold.userId());
                }
            } else if (command instanceof PayReservation pay && pay.couponId() != null) {
                couponIds.add(pay.couponId());
            }
        }
        // A user may reserve before the first top-up, and has to be locked all the same.
        BatchBalances balances = wallets.lock(users, reserving);
        // An order changes only under its owner's lock, so it needs no lock of its own.
        Map<String, Order> existing = new HashMap<>();
        orders.findAll(toFulfil).forEach(order -> existing.put(order.orderId(), order));
        for (Order order : orders.findAll(toRefund)) {
            existing.put(order.orderId(), order);
            if (order.couponId() != null) {
                couponIds.add(order.couponId());
            }
        }
        for (Order order : orders.findAll(toCancel)) {
            existing.put(order.orderId(), order);
            order.items().forEach(item -> productIds.add(item.productId()));
            if (order.couponId() != null) {
                couponIds.add(order.couponId());
            }
        }
        // A reservation changes only under its owner's lock, too.
        FoundReservations found = findReservations(commands);
        found.changing()
                .forEach(reservation ->
                        productIds.addAll(reservation.quantities().keySet()));
        BatchCoupons batchCoupons = coupons.lock(couponIds);
        BatchStock stock = products.lock(productIds);
        return new OrderBatch(
                balances,
                batchCoupons,
                stock,
                purchasedQuantities(commands, found.changing(), stock),
                existing,
                sale.refusalWhilePaused(),
                new BatchReservations(found.all(), found.expired()));
    }

    /**
     * The reservations that commands concern.
     *
     * @param all those that commands name, and the open ones of users who reserve or pay
     * @param changing those of them whose pieces the commands may move: open, and named by their owner or expired
     * @param expired the open ones, of users who reserve or pay, that have expired
     */
    private record FoundReservations(
            Collection<Reservation> all, Collection<Reservation> changing, List<Reservation> expired) {}

    private record OwnedReservation(long reservationId, long userId) {}

    private FoundReservations findReservations(List<OrderCommand> commands) {
        Set<Long> named = new HashSet<>();
        Set<OwnedReservation> namedByOwner = new HashSet<>();
        Set<Long> buyers = new HashSet<>();
        for (OrderCommand command : commands) {
            if (command instanceof ReservationCommand change) {
                named.add(change.reservationId());
                namedByOwner.add(new OwnedReservation(change.reservationId(), change.userId()));
            }
            if (command instanceof HoldReservation || command instanceof PayReservation) {
                buyers.add(command.userId());
            }
        }
        Map<Long, Reservation> all = new LinkedHashMap<>();
        reservations.findAll(named).forEach(reservation -> all.put(reservation.reservationId(), reservation));
        reservations.findOpen(buyers).forEach(reservation -> all.put(reservation.reservationId(), reservation));
        Instant now = clock.instant();
        List<Reservation> expired = all.values().stream()
                .filter(reservation -> reservation.isOpen()
                        && buyers.contains(reservation.userId())
                        && reservation.statusAt(now) == Reservation.Status.EXPIRED)
                .toList();
        Set<Reservation> changing = new LinkedHashSet<>(expired);
        all.values().stream()
                .filter(reservation -> reservation.isOpen()
                        && namedByOwner.contains(
                                new OwnedReservation(reservation.reservationId(), reservation.userId())))
                .forEach(changing::add);
        return new FoundReservations(all.values(), changing, expired);
    }

    /** Reads one row per line of an order or reservation, for products with a purchase limit. */
    private Map<PurchaseKey, Long> purchasedQuantities(
            List<OrderCommand> commands, Collection<Reservation> changing, BatchStock stock) {
        Set<PurchaseKey> limited = new HashSet<>();
        BiConsumer<Long, Set<Long>> add = (userId, productIds) -> productIds.stream()
                .filter(stock::bindsPurchaseLimit)
                .forEach(id -> limited.add(new PurchaseKey(userId, id)));
        for (OrderCommand command : commands) {
            if (command instanceof PlaceOrder place) {
                add.accept(place.userId(), place.quantities().keySet());
            } else if (command instanceof HoldReservation hold) {
                add.accept(hold.userId(), hold.quantities().keySet());
            }
        }
        changing.forEach(reservation ->
                add.accept(reservation.userId(), reservation.quantities().keySet()));
        return purchases.find(limited);
    }

    private CommandResult<Reservation> release(ReleaseReservation command, OrderBatch batch, Instant now) {
        int endedBefore = batch.reservations().ended().size();
        CommandResult<Reservation> result = ReservationRules.release(command, batch, now);
        if (batch.reservations().ended().size() > endedBefore && command.releasedBy() != null) {
            auditLog.write(
                    AuditLogAction.RESERVATION_RELEASED,
                    command.releasedBy(),
                    "reservation " + IdText.of(command.reservationId()),
                    Map.of("user", command.userId()));
        }
        return result;
    }

    private CommandResult<Order> decideOne(OrderCommand command, OrderBatch batch, Instant now) {
        if (command instanceof PlaceOrder place) {
            return OrderRules.place(place.purchase(), batch, ids.next(), now);
        }
        if (command instanceof PayReservation pay) {
            return ReservationRules.pay(pay, batch, ids.next(), now);
        }
        int changesBefore = batch.changes().size();
        CommandResult<Order> result = command instanceof CancelOrder cancel
                ? OrderRules.cancel(cancel, batch, properties.cancelWithin(), now)
                : OrderRules.fulfil((FulfilOrder) command, batch, now);
        if (batch.changes().size() > changesBefore) {
            audit(command, batch.changes().get(changesBefore).order());
        }
        return result;
    }

    private CommandResult<OrderRefund> refund(RefundOrder command, OrderBatch batch, Instant now) {
        CommandResult<OrderRefund> result =
                RefundRules.refund(command, batch, ids.next(), properties.cancelWithin(), now);
        if (command.refundedBy() != null && result instanceof CommandResult.Done<OrderRefund> done) {
            OrderRefund refund = done.value();
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("user", command.userId());
            details.put("refund", refund.refundId());
            details.put("items", refund.items());
            details.put("refunded", refund.amount());
            details.put("restocked", refund.restocked());
            if (refund.reason() != null) {
                details.put("reason", refund.reason());
            }
            auditLog.write(AuditLogAction.ORDER_REFUNDED, command.refundedBy(), "order " + refund.orderId(), details);
        }
        return result;
    }

    /** Writes in the batch's transaction, so that a batch that is rolled back and repeated writes one entry. */
    private void audit(OrderCommand command, Order changed) {
        String target = "order " + changed.orderId();
        if (command instanceof FulfilOrder fulfil) {
            auditLog.write(
                    AuditLogAction.ORDER_FULFILLED, fulfil.fulfilledBy(), target, Map.of("user", changed.userId()));
        } else if (command instanceof CancelOrder cancel && cancel.cancelledBy() != null) {
            Map<String, Object> details = Map.of("user", changed.userId(), "refunded", changed.paidAmount());
            auditLog.write(AuditLogAction.ORDER_CANCELLED, cancel.cancelledBy(), target, details);
        }
    }

    /** Tables not yet locked are written in lock order. */
    private void save(OrderBatch batch, IdempotencyStore.StoredResults storedResults, Instant now) {
        Collection<OrderChange> changes = batch.changes();
        orders.save(changes);
        refunds.save(changes);
        reservations.save(batch.reservations(), now);
        wallets.save(batch.balances());
        coupons.save(batch.coupons());
        products.save(batch.stock());
        purchases.add(batch.purchaseChanges());
        idempotencyStore.save(storedResults, now);
        events.append(changes);
    }

    /** Returns the rows that {@link #lock} and {@link #save} lock for each command. */
    private List<Set<RowKey>> rowsToLock(List<OrderCommand> commands) {
        Set<Long> toGiveBack = new HashSet<>();
        for (OrderCommand command : commands) {
            if (command instanceof CancelOrder cancel) {
                toGiveBack.add(cancel.orderId());
            } else if (command instanceof RefundOrder refund) {
                toGiveBack.add(refund.orderId());
            }
        }
        // The lines of an order or reservation never change, so it is read without a lock.
        FoundReservations found = findReservations(commands);
        Map<Long, Order> existing = new HashMap<>();
        orders.findAll(toGiveBack)
                .forEach(order -> existing.put(IdText.parse(order.orderId()).orElseThrow(), order));
        return commands.stream()
                .map(command -> {
                    if (command instanceof PlaceOrder place) {
                        return rowsToLock(place.userId(), place.quantities().keySet(), place.couponId());
                    }
                    if (command instanceof RefundOrder refund) {
                        return rowsToLock(refund, existing);
                    }
                    if (command instanceof HoldReservation || command instanceof ReservationCommand) {
                        return rowsOfReservations(command, found);
                    }
                    return command instanceof CancelOrder cancel
                            ? rowsToLock(cancel, existing)
                            : rowsToLock((FulfilOrder) command);
                })
                .toList();
    }

    private static Set<RowKey> rowsOfReservations(OrderCommand command, FoundReservations found) {
        Set<Long> productIds = new HashSet<>();
        Set<RowKey> rows = new HashSet<>();
        if (command instanceof HoldReservation hold) {
            productIds.addAll(hold.quantities().keySet());
        }
        boolean endsExpired = !(command instanceof ExpireReservation || command instanceof ReleaseReservation);
        for (Reservation reservation : found.changing()) {
            boolean named = command instanceof ReservationCommand change
                    && change.reservationId() == reservation.reservationId();
            if (reservation.userId() == command.userId()
                    && (named || endsExpired && found.expired().contains(reservation))) {
                productIds.addAll(reservation.quantities().keySet());
                rows.add(Reservations.rowOf(reservation.reservationId()));
            }
        }
        String couponId = command instanceof PayReservation pay ? pay.couponId() : null;
        rows.addAll(rowsToLock(command.userId(), productIds, couponId));
        return command instanceof PayReservation ? rows : withoutEvent(rows);
    }

    private static Set<RowKey> withoutEvent(Set<RowKey> rows) {
        rows.remove(Outbox.HEAD);
        return rows;
    }

    private static Set<RowKey> rowsToLock(FulfilOrder fulfil) {
        Set<RowKey> rows = rowsToLock(fulfil.userId(), Set.of(), null);
        rows.add(Orders.rowOf(fulfil.orderId()));
        return rows;
    }

    private static Set<RowKey> rowsToLock(RefundOrder refund, Map<Long, Order> existing) {
        Order order = existing.get(refund.orderId());
        Set<RowKey> rows =
                rowsToLock(refund.userId(), refund.quantities().keySet(), order == null ? null : order.couponId());
        rows.add(Orders.rowOf(refund.orderId()));
        return rows;
    }

    private static Set<RowKey> rowsToLock(CancelOrder cancel, Map<Long, Order> existing) {
        Order order = existing.get(cancel.orderId());
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
