package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import kr.hhplus.commerce.catalog.BatchStock;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.PurchaseCounting;
import kr.hhplus.commerce.catalog.PurchaseCounts.PurchaseKey;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderCommand.ExpireReservation;
import kr.hhplus.commerce.order.OrderCommand.FulfilOrder;
import kr.hhplus.commerce.order.OrderCommand.HoldReservation;
import kr.hhplus.commerce.order.OrderCommand.PayReservation;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.order.OrderCommand.RefundOrder;
import kr.hhplus.commerce.order.OrderCommand.ReleaseReservation;
import kr.hhplus.commerce.promotion.BatchCoupons;
import kr.hhplus.commerce.promotion.Coupon;
import kr.hhplus.commerce.sale.SalePaused;
import kr.hhplus.commerce.wallet.BatchBalances;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import kr.hhplus.commerce.wallet.LedgerEntry;

/** What the tables would hold, without tables: each batch is built from it and saved back into it. */
final class OrderState {

    static final Duration CANCEL_WITHIN = Duration.ofDays(7);

    static final ReservationProperties LIMITS = limits(true, Duration.ofMinutes(5));

    final Map<Long, Account> accounts = new TreeMap<>();
    final Map<String, Coupon> coupons = new TreeMap<>();
    final Map<Long, Product> products = new TreeMap<>();
    final Map<String, Order> orders = new TreeMap<>();
    final Map<Long, Reservation> reservations = new TreeMap<>();
    final List<LedgerEntry> ledger = new ArrayList<>();
    final List<OrderChange> changes = new ArrayList<>();

    ReservationProperties limits = LIMITS;

    /** Two open reservations and six pieces of a product for one user, seven pieces of a product for all. */
    static ReservationProperties limits(boolean enabled, Duration ttl) {
        Duration second = Duration.ofSeconds(1);
        return new ReservationProperties(
                enabled, ttl, second.multipliedBy(10), Duration.ofMinutes(30), 2, 6, 7, second, Duration.ofDays(30));
    }

    static OrderState of(Map<Long, Account> accounts, Collection<Coupon> coupons, Collection<Product> products) {
        OrderState state = new OrderState();
        state.accounts.putAll(accounts);
        state.coupons.putAll(coupons.stream().collect(Collectors.toMap(Coupon::couponId, Function.identity())));
        state.products.putAll(products.stream().collect(Collectors.toMap(Product::productId, Function.identity())));
        return state;
    }

    /** A command with the id of what it makes. */
    record Numbered(long id, OrderCommand command) {}

    /** Like {@link #decideAll}, for commands whose results are orders. */
    @SuppressWarnings("unchecked")
    List<CommandResult<Order>> decide(List<Numbered> commands, boolean paused, Instant now) {
        return decideAll(commands, paused, now).stream()
                .map(result -> (CommandResult<Order>) result)
                .toList();
    }

    /** Locks everything, decides each command in turn, saves what changed. */
    List<CommandResult<?>> decideAll(List<Numbered> commands, boolean paused, Instant now) {
        long[] id = new long[1];
        OrderBatch batch = new OrderBatch(
                new BatchBalances(accounts, () -> id[0]),
                new BatchCoupons(coupons.values()),
                new BatchStock(products.values(), counting(), held()),
                purchased(),
                orders,
                paused ? Optional.of(new SalePaused("back at noon")) : Optional.empty(),
                new BatchReservations(
                        reservations.values(),
                        open().filter(reservation -> reservation.statusAt(now) == Reservation.Status.EXPIRED)
                                .toList()));
        List<CommandResult<?>> answers = new ArrayList<>();
        for (Numbered numbered : commands) {
            id[0] = numbered.id();
            answers.add(decide(numbered.command(), batch, numbered.id(), now));
        }
        save(batch);
        return answers;
    }

    private CommandResult<?> decide(OrderCommand command, OrderBatch batch, long id, Instant now) {
        if (command instanceof PlaceOrder place) {
            return OrderRules.place(place.purchase(), batch, id, now);
        } else if (command instanceof CancelOrder cancel) {
            return OrderRules.cancel(cancel, batch, CANCEL_WITHIN, now);
        } else if (command instanceof RefundOrder refund) {
            return RefundRules.refund(refund, batch, id, CANCEL_WITHIN, now);
        } else if (command instanceof HoldReservation hold) {
            return ReservationRules.hold(hold, batch, limits, id, now);
        } else if (command instanceof PayReservation pay) {
            return ReservationRules.pay(pay, batch, id, now);
        } else if (command instanceof ReleaseReservation release) {
            return ReservationRules.release(release, batch, now);
        } else if (command instanceof ExpireReservation expire) {
            return ReservationRules.expire(expire, batch, now);
        }
        return OrderRules.fulfil((FulfilOrder) command, batch, now);
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
        Stream.concat(batch.reservations().created().stream(), batch.reservations().ended().stream())
                .forEach(reservation -> reservations.put(reservation.reservationId(), reservation));
        Map<Long, Long> held = held();
        products.keySet().forEach(id -> assertThat(batch.stock().held(id)).isEqualTo(held.getOrDefault(id, 0L)));
    }

    /** As the tables have it for products that were made with a purchase limit. */
    private Map<Long, PurchaseCounting> counting() {
        return products.values().stream()
                .filter(product -> product.purchaseLimit() != null)
                .collect(Collectors.toMap(Product::productId, product -> PurchaseCounting.COUNTED));
    }

    private Map<PurchaseKey, Long> purchased() {
        Map<PurchaseKey, Long> purchased = sold();
        open().forEach(reservation -> reservation.items().stream()
                .filter(Reservation.Item::counted)
                .forEach(item -> purchased.merge(
                        new PurchaseKey(reservation.userId(), item.productId()), item.quantity(), Long::sum)));
        return purchased;
    }

    private Map<PurchaseKey, Long> sold() {
        Map<PurchaseKey, Long> sold = new HashMap<>();
        orders.values().stream().filter(Order::isLive).forEach(order -> order.items()
                .forEach(item ->
                        sold.merge(new PurchaseKey(order.userId(), item.productId()), item.remaining(), Long::sum)));
        return sold;
    }

    private Stream<Reservation> open() {
        return reservations.values().stream().filter(Reservation::isOpen);
    }

    /** Pieces in open reservations, by product. */
    Map<Long, Long> held() {
        Map<Long, Long> held = new HashMap<>();
        open().forEach(reservation ->
                reservation.quantities().forEach((id, pieces) -> held.merge(id, pieces, Long::sum)));
        return held;
    }

    long pieces(long userId, long productId) {
        return purchased().getOrDefault(new PurchaseKey(userId, productId), 0L);
    }

    long sold(long productId) {
        return sold().entrySet().stream()
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
                Map.copyOf(reservations),
                List.copyOf(ledger),
                List.copyOf(changes));
    }
}
