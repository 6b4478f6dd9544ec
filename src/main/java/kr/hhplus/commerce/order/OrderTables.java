package kr.hhplus.commerce.order;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.catalog.LockedStock;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.catalog.PurchaseCounts;
import kr.hhplus.commerce.catalog.PurchaseCounts.Holding;
import kr.hhplus.commerce.eventlog.Outbox;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.promotion.Coupons;
import kr.hhplus.commerce.promotion.LockedCoupons;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.wallet.LockedBalances;
import kr.hhplus.commerce.wallet.Wallets;
import org.springframework.stereotype.Component;

/** Everything that orders lock and write, in the one lock order: users, coupons, products, and the event log last. */
@Component
class OrderTables {

    private final Orders orders;
    private final Wallets wallets;
    private final Coupons coupons;
    private final Products products;
    private final PurchaseCounts purchases;
    private final SaleSwitch sale;
    private final OrderEvents events;

    OrderTables(
            Orders orders,
            Wallets wallets,
            Coupons coupons,
            Products products,
            PurchaseCounts purchases,
            SaleSwitch sale,
            OrderEvents events) {
        this.orders = orders;
        this.wallets = wallets;
        this.coupons = coupons;
        this.products = products;
        this.purchases = purchases;
        this.sale = sale;
        this.events = events;
    }

    /** The rows that {@link #lock} and {@link #save} lock for each command; for cancellations, orders are read. */
    List<Set<RowKey>> rowsOf(List<OrderCommand> commands) {
        Set<Long> toCancel = new HashSet<>();
        for (OrderCommand command : commands) {
            if (command instanceof CancelOrder cancel) {
                toCancel.add(cancel.orderId());
            }
        }
        // What an order holds never changes, so it need not be locked to be read.
        Map<Long, Order> cancellable = new HashMap<>();
        orders.findAll(toCancel)
                .forEach(order -> cancellable.put(IdText.parse(order.orderId()).orElseThrow(), order));
        return commands.stream()
                .map(command -> command instanceof PlaceOrder place
                        ? rowsOf(place.userId(), place.pieces().keySet(), place.couponId())
                        : rowsOf((CancelOrder) command, cancellable))
                .toList();
    }

    private static Set<RowKey> rowsOf(CancelOrder cancel, Map<Long, Order> cancellable) {
        Order order = cancellable.get(cancel.orderId());
        if (order == null) {
            return rowsOf(cancel.userId(), Set.of(), null);
        }
        List<Long> productIds =
                order.items().stream().map(Order.Item::productId).toList();
        Set<RowKey> rows = rowsOf(cancel.userId(), productIds, order.couponId());
        rows.add(Orders.rowOf(cancel.orderId()));
        return rows;
    }

    private static Set<RowKey> rowsOf(long userId, Collection<Long> productIds, String couponId) {
        Set<RowKey> rows = new HashSet<>();
        rows.add(Wallets.rowOf(userId));
        for (long productId : productIds) {
            rows.add(Products.rowOf(productId));
            // Whether it has a purchase limit is known under its lock only; where it has none, the row is missing.
            rows.add(PurchaseCounts.rowOf(userId, productId));
        }
        if (couponId != null) {
            Coupons.rowOf(couponId).ifPresent(rows::add);
        }
        rows.add(Outbox.HEAD);
        return rows;
    }

    OrderBatch lock(List<OrderCommand> commands) {
        Set<Long> users = new HashSet<>();
        Set<String> couponIds = new HashSet<>();
        Set<Long> productIds = new HashSet<>();
        Set<Long> toCancel = new HashSet<>();
        for (OrderCommand command : commands) {
            users.add(command.userId());
            if (command instanceof PlaceOrder place) {
                productIds.addAll(place.pieces().keySet());
                if (place.couponId() != null) {
                    couponIds.add(place.couponId());
                }
            } else {
                toCancel.add(((CancelOrder) command).orderId());
            }
        }
        LockedBalances balances = wallets.lock(users);
        // An order changes under its owner's lock only, so from here on it stays as it is read.
        Map<String, Order> cancellable = new HashMap<>();
        for (Order order : orders.findAll(toCancel)) {
            cancellable.put(order.orderId(), order);
            order.items().forEach(item -> productIds.add(item.productId()));
            if (order.couponId() != null) {
                couponIds.add(order.couponId());
            }
        }
        LockedCoupons lockedCoupons = coupons.lock(couponIds);
        LockedStock stock = products.lock(productIds);
        return new OrderBatch(balances, lockedCoupons, stock, held(commands, stock), cancellable, sale.pause());
    }

    /** One row for each line of a product with a purchase limit, whatever its buyer has bought before. */
    private Map<Holding, Long> held(List<OrderCommand> commands, LockedStock stock) {
        Set<Holding> limited = new HashSet<>();
        for (OrderCommand command : commands) {
            if (command instanceof PlaceOrder place) {
                place.pieces().keySet().stream()
                        .filter(stock::bindsPurchaseLimit)
                        .forEach(id -> limited.add(new Holding(place.userId(), id)));
            }
        }
        return purchases.find(limited);
    }

    void save(OrderBatch batch) {
        Collection<Order> changes = batch.changes();
        orders.save(changes);
        wallets.save(batch.balances());
        coupons.save(batch.coupons());
        products.save(batch.stock());
        purchases.add(batch.purchases());
        events.append(changes);
    }

    boolean contains(Order change) {
        return orders.contains(change);
    }
}
