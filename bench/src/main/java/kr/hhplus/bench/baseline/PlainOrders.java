package kr.hhplus.bench.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An order as in textbooks: lock the wallet and the products, check, write, commit. Event positions come from a counter
 * in memory, because with a locked row every order would wait for the previous commit.
 */
@Component
class PlainOrders {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ObjectMapper json;
    private final PlainIds ids;
    private final AtomicLong position;

    record Item(long productId, String name, long unitPrice, long quantity, long lineAmount) {}

    record Order(
            String orderId,
            long userId,
            String status,
            List<Item> items,
            long totalAmount,
            long discountAmount,
            long paidAmount,
            String currency,
            Long balance,
            Instant orderedAt) {

        Order withoutBalance() {
            return new Order(
                    orderId, userId, status, items, totalAmount, discountAmount, paidAmount, currency, null, orderedAt);
        }
    }

    private record Event(
            String specversion,
            String id,
            String source,
            String type,
            String subject,
            Instant time,
            String datacontenttype,
            Order data) {}

    private record Wallet(long balance, long entries) {}

    private record Product(long id, String name, long price, long stock) {}

    PlainOrders(JdbcTemplate jdbc, PlatformTransactionManager transactions, ObjectMapper json, PlainIds ids) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.json = json;
        this.ids = ids;
        Long head = jdbc.queryForObject("SELECT position FROM feed_head WHERE id = 1", Long.class);
        this.position = new AtomicLong(head == null ? 0 : head);
    }

    Order place(OrderRequest request) {
        SortedMap<Long, Long> pieces = new TreeMap<>();
        request.items().forEach(item -> pieces.merge(item.productId(), item.quantity(), Long::sum));
        return transaction.execute(status -> place(request.userId(), pieces));
    }

    private Order place(long userId, SortedMap<Long, Long> pieces) {
        Wallet wallet = lockWallet(userId);
        Map<Long, Product> products = lockProducts(pieces);
        List<Item> items = new ArrayList<>();
        long total = 0;
        for (Map.Entry<Long, Long> line : pieces.entrySet()) {
            Product product = products.get(line.getKey());
            if (product == null || product.stock() < line.getValue()) {
                throw new Refused("INSUFFICIENT_STOCK");
            }
            long amount = Math.multiplyExact(product.price(), line.getValue());
            items.add(new Item(product.id(), product.name(), product.price(), line.getValue(), amount));
            total += amount;
        }
        if (wallet.balance() < total) {
            throw new Refused("INSUFFICIENT_BALANCE");
        }
        return write(userId, wallet, items, total);
    }

    private Wallet lockWallet(long userId) {
        return jdbc
                .query(
                        "SELECT balance, entries FROM wallet WHERE user_id = ? FOR UPDATE",
                        (row, i) -> new Wallet(row.getLong(1), row.getLong(2)),
                        userId)
                .stream()
                .findFirst()
                .orElseThrow(() -> new Refused("INSUFFICIENT_BALANCE"));
    }

    private Map<Long, Product> lockProducts(SortedMap<Long, Long> pieces) {
        String places = pieces.keySet().stream().map(id -> "?").collect(Collectors.joining(","));
        return jdbc
                .query(
                        "SELECT id, name, price, stock FROM product WHERE id IN (" + places
                                + ") ORDER BY id FOR UPDATE",
                        (row, i) -> new Product(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)),
                        pieces.keySet().toArray())
                .stream()
                .collect(Collectors.toMap(Product::id, product -> product));
    }

    private Order write(long userId, Wallet wallet, List<Item> items, long total) {
        long orderId = ids.next();
        String id = PlainIds.text(orderId);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        LocalDateTime at = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        long balance = wallet.balance() - total;
        Order order = new Order(id, userId, "PAID", items, total, 0, total, "KRW", balance, now);
        jdbc.update(
                "INSERT INTO orders (id, user_id, status, items, total_amount, discount_amount, paid_amount, coupon_id,"
                        + " ordered_at) VALUES (?, ?, 'PAID', ?, ?, 0, ?, NULL, ?)",
                orderId,
                userId,
                written(items),
                total,
                total,
                at);
        jdbc.update(
                "INSERT INTO ledger_entry (user_id, entry_no, id, type, amount, balance_after, order_id, created_at)"
                        + " VALUES (?, ?, ?, 'PAYMENT', ?, ?, ?, ?)",
                userId,
                wallet.entries() + 1,
                ids.next(),
                -total,
                balance,
                orderId,
                at);
        jdbc.update(
                "UPDATE wallet SET balance = ?, entries = ? WHERE user_id = ?", balance, wallet.entries() + 1, userId);
        jdbc.batchUpdate("UPDATE product SET stock = stock - ? WHERE id = ?", items, items.size(), (update, item) -> {
            update.setLong(1, item.quantity());
            update.setLong(2, item.productId());
        });
        append(order, orderId, at);
        return order;
    }

    private void append(Order order, long orderId, LocalDateTime at) {
        long next = position.incrementAndGet();
        Event event = new Event(
                "1.0",
                PlainIds.text(next),
                "/hhplus-ecommerce/orders",
                "OrderPaid",
                order.orderId(),
                order.orderedAt(),
                "application/json",
                order.withoutBalance());
        jdbc.update(
                "INSERT INTO order_event (position, type, user_id, order_id, occurred_at, body)"
                        + " VALUES (?, 'OrderPaid', ?, ?, ?, ?)",
                next,
                order.userId(),
                orderId,
                at,
                written(event));
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stores the counter, so that the database can be reconciled. */
    void settle() {
        jdbc.update("UPDATE feed_head SET position = ? WHERE id = 1", position.get());
    }
}
