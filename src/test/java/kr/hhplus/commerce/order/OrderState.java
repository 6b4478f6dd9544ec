package kr.hhplus.commerce.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.catalog.BatchStock;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.PurchaseCounting;
import kr.hhplus.commerce.catalog.PurchaseCounts.PurchaseKey;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderCommand.FulfilOrder;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.order.OrderCommand.RefundOrder;
import kr.hhplus.commerce.promotion.BatchCoupons;
import kr.hhplus.commerce.promotion.Coupon;
import kr.hhplus.commerce.sale.SalePaused;
import kr.hhplus.commerce.wallet.BatchBalances;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import kr.hhplus.commerce.wallet.LedgerEntry;

/** What the tables would hold, without tables: each batch is built from it and saved back into it. */
final class OrderState {

    static final Duration CANCEL_WITHIN = Duration.ofDays(7);

    final Map<Long, Account> accounts = new TreeMap<>();
    final Map<String, Coupon> coupons = new TreeMap<>();
    final Map<Long, Product> products = new TreeMap<>();
    final Map<String, Order> orders = new TreeMap<>();
    final List<LedgerEntry> ledger = new ArrayList<>();
    final List<OrderChange> changes = new ArrayList<>();

    static OrderState of(Map<Long, Account> accounts, Collection<Coupon> coupons, Collection<Product> products) {
        OrderState state = new OrderState();
        state.accounts.putAll(accounts);
        state.coupons.putAll(coupons.stream().collect(Collectors.toMap(Coupon::couponId, Function.identity())));
        state.products.putAll(products.stream().collect(Collectors.toMap(Product::productId, Function.identity())));
        return state;
    }

    /** A command with the id of what it makes. */
    record Numbered(long id, OrderCommand command) {}

    /** Locks everything, decides each command in turn, saves what changed. */
    List<CommandResult<?>> decide(List<Numbered> commands, boolean paused, Instant now) {
        long[] id = new long[1];
        OrderBatch batch = new OrderBatch(
                new BatchBalances(accounts, () -> id[0]),
                new BatchCoupons(coupons.values()),
                new BatchStock(products.values(), counting()),
                held(),
                orders,
                paused ? Optional.of(new SalePaused("back at noon")) : Optional.empty());
        List<CommandResult<?>> answers = new ArrayList<>();
        for (Numbered numbered : commands) {
            id[0] = numbered.id();
            answers.add(decide(numbered, batch, now));
        }
        save(batch);
        return answers;
    }

    private static CommandResult<?> decide(Numbered numbered, OrderBatch batch, Instant now) {
        if (numbered.command() instanceof PlaceOrder place) {
            return OrderRules.place(place, batch, numbered.id(), now);
        }
        if (numbered.command() instanceof CancelOrder cancel) {
            return OrderRules.cancel(cancel, batch, CANCEL_WITHIN, now);
        }
        return numbered.command() instanceof RefundOrder refund
                ? RefundRules.refund(refund, batch, numbered.id(), CANCEL_WITHIN, now)
                : OrderRules.fulfil((FulfilOrder) numbered.command(), batch, now);
    }

    private void save(OrderBatch batch) {
        for (LedgerEntry entry : batch.balances().entries()) {
            accounts.put(entry.userId(), new Account(entry.balanceAfter(), entry.entryNo()));
            ledger.add(entry);
        }
        coupons.replaceAll(
                (id, coupon) -> batch.coupons().find(id, coupon.userId()).orElseThrow());
        products.replaceAll((id, product) -> batch.stock().find(id).orElseThrow());
        batch.changes()
                .forEach(change ->
                        orders.put(change.order().orderId(), change.order().withoutBalance()));
        changes.addAll(batch.changes());
    }

    /** As the tables have it for products that were made with a purchase limit. */
    private Map<Long, PurchaseCounting> counting() {
        return products.values().stream()
                .filter(product -> product.purchaseLimit() != null)
                .collect(Collectors.toMap(Product::productId, product -> PurchaseCounting.COUNTED));
    }

    private Map<PurchaseKey, Long> held() {
        Map<PurchaseKey, Long> held = new HashMap<>();
        orders.values().stream().filter(Order::isLive).forEach(order -> order.items()
                .forEach(item ->
                        held.merge(new PurchaseKey(order.userId(), item.productId()), item.remaining(), Long::sum)));
        return held;
    }

    long pieces(long userId, long productId) {
        return held().getOrDefault(new PurchaseKey(userId, productId), 0L);
    }

    long sold(long productId) {
        return held().entrySet().stream()
                .filter(entry -> entry.getKey().productId() == productId)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The refunds of an order, oldest first. */
    List<OrderRefund> refundsOf(String orderId) {
        return changes.stream()
                .map(OrderChange::refund)
                .filter(refund -> refund != null && refund.orderId().equals(orderId))
                .toList();
    }

    /** Pieces that came back and were not put into stock. */
    long writtenOff(long productId) {
        return changes.stream()
                .map(OrderChange::refund)
                .filter(refund -> refund != null && !refund.restocked())
                .flatMap(refund -> refund.items().stream())
                .filter(item -> item.productId() == productId)
                .mapToLong(OrderRefund.Item::quantity)
                .sum();
    }

    Won ledgerOf(long userId) {
        return ledger.stream()
                .filter(entry -> entry.userId() == userId)
                .map(LedgerEntry::amount)
                .reduce(Won.ZERO, Won::plus);
    }

    /** Everything at once, to be compared with the same of another state, or of another time. */
    List<Object> everything() {
        return List.of(
                Map.copyOf(accounts),
                Map.copyOf(coupons),
                Map.copyOf(products),
                Map.copyOf(orders),
                List.copyOf(ledger),
                List.copyOf(changes));
    }
}
