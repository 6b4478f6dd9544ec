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

/** What a batch of orders is decided on, all of it locked, and what became of it. */
final class OrderBatch {

    private final LockedBalances balances;
    private final LockedCoupons coupons;
    private final LockedStock stock;
    private final Map<Holding, Long> held;
    private final Map<String, Order> toCancel;
    private final Optional<? extends Refusal> pause;
    private final List<Order> changes = new ArrayList<>();
    private final SortedMap<Holding, Long> purchases = new TreeMap<>();

    /** @param held pieces of products whose purchase limit binds, for the users who order them; a missing one is 0 */
    OrderBatch(
            LockedBalances balances,
            LockedCoupons coupons,
            LockedStock stock,
            Map<Holding, Long> held,
            Map<String, Order> toCancel,
            Optional<? extends Refusal> pause) {
        this.balances = balances;
        this.coupons = coupons;
        this.stock = stock;
        this.held = new HashMap<>(held);
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

    long held(long userId, long productId) {
        return held.getOrDefault(new Holding(userId, productId), 0L);
    }

    Optional<Order> find(String orderId) {
        return Optional.ofNullable(toCancel.get(orderId));
    }

    void placed(Order order) {
        order.items().forEach(item -> hold(order.userId(), item, item.quantity()));
        changes.add(order);
    }

    void cancelled(Order order) {
        order.items().forEach(item -> hold(order.userId(), item, -item.quantity()));
        toCancel.put(order.orderId(), order);
        changes.add(order);
    }

    private void hold(long userId, Order.Item item, long pieces) {
        if (stock.purchaseCounting(item.productId()) != PurchaseCounting.NONE) {
            Holding holding = new Holding(userId, item.productId());
            held.merge(holding, pieces, Long::sum);
            purchases.merge(holding, pieces, Long::sum);
        }
    }

    /** What the counts of purchases have changed by, for products whose purchases are counted. */
    SortedMap<Holding, Long> purchases() {
        return purchases;
    }

    /** Orders placed and cancelled, in order. */
    List<Order> changes() {
        return changes;
    }
}
