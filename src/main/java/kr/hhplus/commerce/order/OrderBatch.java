package kr.hhplus.commerce.order;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kr.hhplus.commerce.catalog.LockedStock;
import kr.hhplus.commerce.catalog.PurchaseCounting;
import kr.hhplus.commerce.catalog.PurchaseCounts.Holding;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.promotion.LockedCoupons;
import kr.hhplus.commerce.wallet.LockedBalances;

/** The locked state on which a batch of orders is decided, and the changes of the batch. */
final class OrderBatch {

    private final LockedBalances balances;
    private final LockedCoupons coupons;
    private final LockedStock stock;
    private final Map<Holding, Long> purchased;
    private final Map<String, Order> toCancel;
    private final Optional<? extends Refusal> pause;
    private final List<Order> changes = new ArrayList<>();
    private final SortedMap<Holding, Long> purchaseChanges = new TreeMap<>();

    /**
     * Creates a batch.
     *
     * @param purchased pieces that users have bought of products whose purchase limit binds; a missing one is 0
     */
    OrderBatch(
            LockedBalances balances,
            LockedCoupons coupons,
            LockedStock stock,
            Map<Holding, Long> purchased,
            Map<String, Order> toCancel,
            Optional<? extends Refusal> pause) {
        this.balances = balances;
        this.coupons = coupons;
        this.stock = stock;
        this.purchased = new HashMap<>(purchased);
        this.toCancel = new HashMap<>(toCancel);
        this.pause = pause;
    }

    LockedBalances balances() {
        return balances;
    }

    LockedCoupons coupons() {
        return coupons;
    }

    LockedStock stock() {
        return stock;
    }

    Optional<? extends Refusal> pause() {
        return pause;
    }

    long purchasesOf(long userId, long productId) {
        return purchased.getOrDefault(new Holding(userId, productId), 0L);
    }

    Optional<Order> find(String orderId) {
        return Optional.ofNullable(toCancel.get(orderId));
    }

    void addPlaced(Order order) {
        order.items().forEach(item -> count(order.userId(), item, item.quantity()));
        changes.add(order);
    }

    void addCancelled(Order order) {
        order.items().forEach(item -> count(order.userId(), item, -item.quantity()));
        toCancel.put(order.orderId(), order);
        changes.add(order);
    }

    private void count(long userId, Order.Item item, long pieces) {
        if (stock.purchaseCounting(item.productId()) != PurchaseCounting.NONE) {
            Holding holding = new Holding(userId, item.productId());
            purchased.merge(holding, pieces, Long::sum);
            purchaseChanges.merge(holding, pieces, Long::sum);
        }
    }

    /** Returns the changes of the purchase counts, for products whose purchases are counted. */
    SortedMap<Holding, Long> purchaseChanges() {
        return purchaseChanges;
    }

    /** Returns the placed and cancelled orders, in arrival order. */
    List<Order> changes() {
        return changes;
    }
}
