package kr.hhplus.commerce.order;

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

    /**
     * Creates a batch.
     *
     * @param existing the orders that commands of the batch change, by id
     * @param purchased pieces that users have bought of products whose purchase limit binds; a missing one is 0
     */
    OrderBatch(
            BatchBalances balances,
            BatchCoupons coupons,
            BatchStock stock,
            Map<PurchaseKey, Long> purchased,
            Map<String, Order> existing,
            Optional<Refusal> refusalWhilePaused) {
        this.balances = balances;
        this.coupons = coupons;
        this.stock = stock;
        this.purchased = new HashMap<>(purchased);
        this.existing = new HashMap<>(existing);
        this.refusalWhilePaused = refusalWhilePaused;
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

    private void count(long userId, long productId, long quantity) {
        if (stock.purchaseCounting(productId) != PurchaseCounting.NONE) {
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
