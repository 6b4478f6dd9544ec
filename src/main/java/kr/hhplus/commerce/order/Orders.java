package kr.hhplus.commerce.order;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.database.JdbcRows;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.json.StoredJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores orders, one row each. The row contains the lines as JSON, because they never change and are never read alone.
 * What was refunded of them is a column of its own.
 */
@Repository
class Orders {

    private static final RowTable TABLE = new RowTable("orders", 50, "id");

    private final JdbcClient sql;
    private final JdbcTemplate jdbc;
    private final StoredJson json;

    Orders(JdbcClient sql, JdbcTemplate jdbc, StoredJson json) {
        this.sql = sql;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The row that {@link #save} updates for an order that exists. */
    static RowKey rowOf(long orderId) {
        return TABLE.row(orderId);
    }

    /** Inserts placed orders and updates changed ones, in the transaction of the batch. */
    void save(Collection<OrderChange> changes) {
        insert(changes.stream()
                .filter(OrderChange::isNewOrder)
                .map(OrderChange::order)
                .toList());
        List<Order> changed = changes.stream()
                .filter(change -> !change.isNewOrder())
                .map(OrderChange::order)
                .toList();
        if (!changed.isEmpty()) {
            jdbc.batchUpdate(
                    "UPDATE orders SET status = ?, cancelled_at = ?, fulfilled_at = ?, refunded = ? WHERE id = ?",
                    changed,
                    changed.size(),
                    (statement, order) -> {
                        statement.setString(1, order.status().name());
                        statement.setObject(2, Utc.toColumn(order.cancelledAt()));
                        statement.setObject(3, Utc.toColumn(order.fulfilledAt()));
                        statement.setString(4, refunded(order));
                        statement.setLong(5, number(order.orderId()));
                    });
        }
    }

    private void insert(List<Order> placed) {
        String columns =
                "id, user_id, status, items, total_amount, discount_amount, paid_amount, coupon_id, ordered_at";
        JdbcRows rows = new JdbcRows(jdbc, "orders (" + columns + ")");
        // A statement of their own, so that orders without attributes send nothing for them.
        JdbcRows rowsWithAttributes = new JdbcRows(jdbc, "orders (" + columns + ", attributes)");
        for (Order order : placed) {
            if (order.attributes() == null) {
                addRow(rows, order);
            } else {
                addRow(rowsWithAttributes, order).text(json.write(order.attributes()));
            }
        }
        rows.execute();
        rowsWithAttributes.execute();
    }

    private JdbcRows addRow(JdbcRows rows, Order order) {
        long total = order.totalAmount().amount();
        rows.row().numbers(number(order.orderId()), order.userId()).name(order.status());
        rows.text(json.write(order.items()));
        rows.numbers(total, order.discountAmount().amount(), order.paidAmount().amount());
        return rows.numberOrNull(number(order.couponId())).time(order.orderedAt());
    }

    /** Returns the refunded pieces of each line as a JSON array; null if nothing was refunded. */
    private @Nullable String refunded(Order order) {
        long[] pieces = order.items().stream().mapToLong(Order.Item::refunded).toArray();
        return LongStream.of(pieces).allMatch(n -> n == 0) ? null : json.write(pieces);
    }

    private List<Order.Item> items(String items, @Nullable String refunded) {
        Order.Item[] lines = json.read(items, Order.Item[].class);
        if (refunded != null) {
            long[] pieces = json.read(refunded, long[].class);
            for (int i = 0; i < lines.length; i++) {
                lines[i] = lines[i].withRefunded(pieces[i]);
            }
        }
        return List.of(lines);
    }

    private @Nullable Map<String, String> attributes(@Nullable String attributes) {
        return attributes == null ? null : json.read(attributes, new TypeReference<TreeMap<String, String>>() {});
    }

    private static Long number(String id) {
        return id == null ? null : IdText.parse(id).orElseThrow();
    }

    /** Returns whether these orders were fulfilled at this time. Waits for a transaction that is still writing them. */
    boolean areFulfilled(Collection<Order> fulfilled, Instant at) {
        List<Long> ids = fulfilled.stream()
                .map(order -> number(order.orderId()))
                .sorted()
                .toList();
        return sql.sql("SELECT id FROM orders" + RowTable.BY_KEY
                                + " WHERE id IN (:ids) AND fulfilled_at = :at FOR UPDATE")
                        .param("ids", ids)
                        .param("at", Utc.toColumn(at))
                        .query(Long.class)
                        .list()
                        .size()
                == ids.size();
    }

    /**
     * Finds an order, with every acknowledged change.
     *
     * @param userId the owner; null finds the order of any user
     */
    Optional<Order> find(long orderId, Long userId) {
        JdbcClient.StatementSpec statement = userId == null
                ? sql.sql("SELECT * FROM orders WHERE id = ?").param(orderId)
                : sql.sql("SELECT * FROM orders WHERE id = ? AND user_id = ?")
                        .param(orderId)
                        .param(userId);
        return statement.query(this::order).optional();
    }

    List<Order> findAll(Collection<Long> orderIds) {
        if (orderIds.isEmpty()) {
            return List.of();
        }
        return sql.sql("SELECT * FROM orders WHERE id IN (:ids)")
                .param("ids", orderIds)
                .query(this::order)
                .list();
    }

    /** Lists orders, newest first. A user or status that is not null filters the list. */
    List<Order> page(Long userId, Order.Status status, long idBefore, int limit) {
        String select = "SELECT * FROM orders WHERE id < :before" + (userId == null ? "" : " AND user_id = :user")
                + (status == null ? "" : " AND status = :status") + " ORDER BY id DESC LIMIT :limit";
        JdbcClient.StatementSpec statement =
                sql.sql(select).param("before", idBefore).param("limit", limit);
        if (userId != null) {
            statement.param("user", userId);
        }
        if (status != null) {
            statement.param("status", status.name());
        }
        return statement.query(this::order).list();
    }

    private Order order(ResultSet row, int number) throws SQLException {
        Long couponId = row.getObject("coupon_id", Long.class);
        return new Order(
                IdText.of(row.getLong("id")),
                row.getLong("user_id"),
                Order.Status.valueOf(row.getString("status")),
                items(row.getString("items"), row.getString("refunded")),
                Won.of(row.getLong("total_amount")),
                Won.of(row.getLong("discount_amount")),
                Won.of(row.getLong("paid_amount")),
                Won.CURRENCY,
                couponId == null ? null : IdText.of(couponId),
                null,
                Utc.fromColumn(row.getObject("ordered_at", LocalDateTime.class)),
                Utc.fromColumn(row.getObject("cancelled_at", LocalDateTime.class)),
                Utc.fromColumn(row.getObject("fulfilled_at", LocalDateTime.class)),
                attributes(row.getString("attributes")));
    }
}
