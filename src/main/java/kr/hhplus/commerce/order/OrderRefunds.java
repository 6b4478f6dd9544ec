package kr.hhplus.commerce.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.json.StoredJson;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores refunds of pieces, one row each. Batches insert them and never read them. */
@Repository
class OrderRefunds {

    private final JdbcClient sql;
    private final JdbcTemplate jdbc;
    private final StoredJson json;

    OrderRefunds(JdbcClient sql, JdbcTemplate jdbc, StoredJson json) {
        this.sql = sql;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Inserts the refunds among the changes, in the transaction of the batch. */
    void save(Collection<OrderChange> changes) {
        List<OrderChange> refunds =
                changes.stream().filter(change -> change.refund() != null).toList();
        if (refunds.isEmpty()) {
            return;
        }
        jdbc.batchUpdate("""
                INSERT INTO order_refund (id, order_id, user_id, items, amount, coupon_returned, restocked, reason,
                                          refunded_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """, refunds, refunds.size(), (statement, change) -> {
            OrderRefund refund = Objects.requireNonNull(change.refund());
            statement.setLong(1, IdText.parse(refund.refundId()).orElseThrow());
            statement.setLong(2, IdText.parse(refund.orderId()).orElseThrow());
            statement.setLong(3, change.order().userId());
            statement.setString(4, json.write(refund.items()));
            statement.setLong(5, refund.amount().amount());
            statement.setBoolean(6, refund.couponReturned());
            statement.setBoolean(7, refund.restocked());
            statement.setString(8, refund.reason());
            statement.setObject(9, Utc.toColumn(refund.refundedAt()));
        });
    }

    /** Lists the refunds of an order with an id below {@code idBefore}, newest first. */
    List<OrderRefund> page(long orderId, long idBefore, int limit) {
        return sql.sql("SELECT * FROM order_refund WHERE order_id = ? AND id < ? ORDER BY id DESC LIMIT ?")
                .params(orderId, idBefore, limit)
                .query(this::refund)
                .list();
    }

    private OrderRefund refund(ResultSet row, int number) throws SQLException {
        return new OrderRefund(
                IdText.of(row.getLong("id")),
                IdText.of(row.getLong("order_id")),
                List.of(json.read(row.getString("items"), OrderRefund.Item[].class)),
                Won.of(row.getLong("amount")),
                null,
                row.getBoolean("coupon_returned"),
                row.getBoolean("restocked"),
                row.getString("reason"),
                null,
                Utc.fromColumn(row.getObject("refunded_at", LocalDateTime.class)));
    }
}
