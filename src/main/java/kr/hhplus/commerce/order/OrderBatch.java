package kr.hhplus.commerce.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kr.hhplus.commerce.catalog.BatchStock;
import kr.hhplus.commerce.catalog.PurchaseCounting;
import kr.hhplus.commerce.catalog.PurchaseCounts.PurchaseKey;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.promotion.BatchCoupons;
import kr.hhplus.commerce.wallet.BatchBalances;

/** The state on which a batch of orders is decided, locked, or read for a quote, and the changes of the batch. */
final class OrderBatch {

    private final BatchBalances balances;
    private final BatchCoupons coupons;
    private final BatchStock stock;
    private final Map<PurchaseKey, Long> purchased;
    private final Map<String, Order> existing;
    private final Optional<Refusal> refusalWhilePaused;
    private final List<OrderChange> changes = new ArrayList<>();
    private final SortedMap<PurchaseKey, Long> purchaseChanges = new TreeMap<>();
    private final BatchReservations reservations;

    /**
     * Creates a batch.
     *
     * @param existing the orders that commands of the batch change, by id
     * @param purchased pieces that users have bought or hold of products whose purchase limit binds; a missing one is 0
     */
    OrderBatch(
            BatchBalances balances,
            BatchCoupons coupons,
            BatchStock stock,
            Map<PurchaseKey, Long> purchased,
            Map<String, Order> existing,
            Optional<Refusal> refusalWhilePaused,
            BatchReservations reservations) {
        this.balances = balances;
        this.coupons = coupons;
        this.stock = stock;
        this.purchased = new HashMap<>(purchased);
        this.existing = new HashMap<>(existing);
        this.refusalWhilePaused = refusalWhilePaused;
        this.reservations = reservations;
    }

    BatchBalances balances() {
        return balances;
    }

    BatchCoupons coupons() {
        return coupons;
    }

    BatchStock stock() {
        return stock;
    }

    Optional<Refusal> refusalWhilePaused() {
        return refusalWhilePaused;
    }

    long purchasedQuantity(long userId, long productId) {
        return purchased.getOrDefault(new PurchaseKey(userId, productId), 0L);
    }

    Optional<Order> find(String orderId) {
        return Optional.ofNullable(existing.get(orderId));
    }

    void addPlaced(Order order) {
        order.items().forEach(item -> count(order.userId(), item.productId(), item.quantity()));
        changes.add(OrderChange.placed(order));
    }

    void addCancelled(Order order) {
        order.items().forEach(item -> count(order.userId(), item.productId(), -item.quantity()));
        existing.put(order.orderId(), order);
        changes.add(OrderChange.cancelled(order));
    }

    void addRefunded(Order order, OrderRefund refund) {
        refund.items().forEach(item -> count(order.userId(), item.productId(), -item.quantity()));
        existing.put(order.orderId(), order);
        changes.add(OrderChange.refunded(order, refund));
    }

    void addFulfilled(Order order) {
        existing.put(order.orderId(), order);
        changes.add(OrderChange.fulfilled(order));
    }

    BatchReservations reservations() {
        return reservations;
    }

    /** Takes the pieces of a new reservation from the stock. */
    void addHeld(Reservation reservation) {
        for (Reservation.Item item : reservation.items()) {
            stock.hold(item.productId(), item.quantity());
            count(reservation.userId(), item.productId(), item.quantity());
        }
        reservations.add(reservation);
    }

    /** Gives the held pieces of a reservation to the order that pays it. */
    void addPaid(Reservation reservation, Order order) {
        for (Reservation.Item item : reservation.items()) {
            stock.sellHeld(item.productId(), item.quantity());
            if (!item.counted()) {
                count(order.userId(), item.productId(), item.quantity());
            }
        }
        long orderId = IdText.parse(order.orderId()).orElseThrow();
        reservations.end(reservation.ended(Reservation.Status.PAID, orderId, order.orderedAt()));
        changes.add(OrderChange.placed(order));
    }

    /** Gives the held pieces of an open reservation back to the stock, and ends it. */
    Reservation giveBack(Reservation reservation, Reservation.Status status, Instant now) {
        for (Reservation.Item item : reservation.items()) {
            stock.release(item.productId(), item.quantity());
            if (item.counted()) {
                count(reservation.userId(), item.productId(), -item.quantity());
            }
        }
        Reservation ended = reservation.ended(status, null, now);
        reservations.end(ended);
        return ended;
    }

    boolean isUnchanged() {
        return changes.isEmpty() && reservations.isUnchanged();
    }

    boolean countsPurchasesOf(long productId) {
        return stock.purchaseCounting(productId) != PurchaseCounting.NONE;
    }

    private void count(long userId, long productId, long quantity) {
        if (countsPurchasesOf(productId)) {
            PurchaseKey key = new PurchaseKey(userId, productId);
            purchased.merge(key, quantity, Long::sum);
            purchaseChanges.merge(key, quantity, Long::sum);
        }
    }

    /** Returns the changes of the purchase counts, for products whose purchases are counted. */
    SortedMap<PurchaseKey, Long> purchaseChanges() {
        return purchaseChanges;
    }

    /** Returns the changes of orders, in arrival order. */
    List<OrderChange> changes() {
        return changes;
    }
}
