package kr.hhplus.commerce.order;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kr.hhplus.commerce.catalog.BatchStock;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.catalog.PurchaseCounts;
import kr.hhplus.commerce.catalog.PurchaseCounts.PurchaseKey;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.order.OrderCommand.Purchase;
import kr.hhplus.commerce.promotion.BatchCoupons;
import kr.hhplus.commerce.promotion.Coupon;
import kr.hhplus.commerce.promotion.Coupons;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.wallet.BatchBalances;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import kr.hhplus.commerce.wallet.Wallets;
import org.springframework.stereotype.Service;

/** Quotes orders: applies {@link OrderRules} to the current rows, without locks, and writes nothing. */
@Service
public class Quotes {

    private static final int COUPONS_MAX = 50;

    private final Wallets wallets;
    private final Coupons coupons;
    private final Products products;
    private final PurchaseCounts purchases;
    private final SaleSwitch sale;
    private final Clock clock;

    Quotes(
            Wallets wallets,
            Coupons coupons,
            Products products,
            PurchaseCounts purchases,
            SaleSwitch sale,
            Clock clock) {
        this.wallets = wallets;
        this.coupons = coupons;
        this.products = products;
        this.purchases = purchases;
        this.sale = sale;
        this.clock = clock;
    }

    /**
     * Quotes an order.
     *
     * @param quantities quantity by product; products that do not exist are left out
     */
    public Quote quote(long userId, Map<Long, Long> quantities, String couponId) {
        Instant now = clock.instant();
        BatchStock stock = products.readWithoutLock(quantities.keySet());
        TreeMap<Long, Long> existing = new TreeMap<>(quantities);
        existing.keySet().removeIf(id -> stock.find(id).isEmpty());
        Purchase purchase = new Purchase(userId, existing, couponId, null);
        Won balance = wallets.balanceOf(userId);
        List<Coupon> unused = coupons.ofUser(userId, Coupon.Status.ISSUED, Long.MAX_VALUE, COUPONS_MAX);
        OrderBatch batch = batch(userId, balance, unused, existing.keySet(), stock);
        OrderRules.Price price = OrderRules.price(purchase, batch);
        return new Quote(
                price.items(),
                price.total(),
                price.discount(),
                price.paid(),
                balance,
                balance.minus(price.paid()),
                OrderRules.place(purchase, batch, 0, now) instanceof CommandResult.Refused<Order> refused
                        ? refused.refusal()
                        : null,
                unused.stream()
                        .map(coupon -> choice(coupon, price.total(), now))
                        .toList());
    }

    private OrderBatch batch(long userId, Won balance, List<Coupon> unused, Set<Long> productIds, BatchStock stock) {
        List<PurchaseKey> limited = productIds.stream()
                .filter(stock::bindsPurchaseLimit)
                .map(id -> new PurchaseKey(userId, id))
                .toList();
        return new OrderBatch(
                new BatchBalances(Map.of(userId, new Account(balance, 0)), () -> 0),
                new BatchCoupons(unused),
                stock,
                purchases.find(limited),
                Map.of(),
                sale.refusalWhilePaused(),
                BatchReservations.none());
    }

    private static Quote.Choice choice(Coupon coupon, Won total, Instant now) {
        return new Quote.Choice(
                coupon,
                coupon.discount().on(total),
                OrderRules.checkCoupon(coupon, total, now).orElse(null));
    }
}
