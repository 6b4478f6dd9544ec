package kr.hhplus.commerce.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpRefund;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the sandbox remembers. Each statement is committed by itself, as at a real provider, never in a transaction of
 * the shop.
 */
@Repository
class JdbcSandbox {

    private final JdbcClient sql;
    private final Clock clock;

    JdbcSandbox(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    enum Status {
        OPEN,
        DONE,
        FAILED,
        CANCELLED
    }

    /** A payment. {@code unknownAnswers}: how many questions about it are not answered. */
    record Row(String paymentKey, Won amount, Status status, Instant approvedAt, int unknownAnswers) {}

    /** @return false if the top-up has a payment already */
    boolean insert(TopUp topUp, Won amount, Status status, int unknownAnswers) {
        try {
            sql.sql("""
                INSERT INTO sandbox_payment (top_up_id, payment_key, amount, status, approved_at, unknown_answers)
                VALUES (?, ?, ?, ?, ?, ?)\
                """)
                    .params(
                            topUp.id(),
                            topUp.paymentKey(),
                            amount.amount(),
                            status.name(),
                            status == Status.DONE ? Utc.toColumn(clock.instant()) : null,
                            unknownAnswers)
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** Pays what is open. */
    void pay(long topUpId) {
        sql.sql("UPDATE sandbox_payment SET status = 'DONE', approved_at = ? WHERE top_up_id = ? AND status = 'OPEN'")
                .params(Utc.toColumn(clock.instant()), topUpId)
                .update();
    }

    /** Cancels what was paid. The day's transactions then list neither the payment nor its cancellation. */
    void cancel(long topUpId) {
        sql.sql("UPDATE sandbox_payment SET status = 'CANCELLED' WHERE top_up_id = ? AND status = 'DONE'")
                .param(topUpId)
                .update();
    }

    void countUnknownAnswer(long topUpId) {
        sql.sql("UPDATE sandbox_payment SET unknown_answers = unknown_answers - 1"
                        + " WHERE top_up_id = ? AND unknown_answers > 0")
                .param(topUpId)
                .update();
    }

    Optional<Row> find(long topUpId) {
        return sql.sql("SELECT * FROM sandbox_payment WHERE top_up_id = ?")
                .param(topUpId)
                .query((row, number) -> new Row(
                        row.getString("payment_key"),
                        Won.of(row.getLong("amount")),
                        Status.valueOf(row.getString("status")),
                        time(row, "approved_at"),
                        row.getInt("unknown_answers")))
                .optional();
    }

    /** @return false if the refund was paid back before */
    boolean insertCancel(TopUpRefund refund) {
        try {
            sql.sql("INSERT INTO sandbox_cancel (refund_id, top_up_id, amount, cancelled_at) VALUES (?, ?, ?, ?)")
                    .params(refund.id(), refund.topUpId(), refund.amount().amount(), Utc.toColumn(clock.instant()))
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    Instant cancelledAt(long refundId) {
        return sql.sql("SELECT cancelled_at FROM sandbox_cancel WHERE refund_id = ?")
                .param(refundId)
                .query((row, number) -> time(row, "cancelled_at"))
                .single();
    }

    List<ProviderTransaction> transactions(LocalDate day) {
        return sql.sql("""
            SELECT top_up_id, 0 AS refund, amount, approved_at AS moved_at, payment_key AS transaction_key
            FROM sandbox_payment WHERE status = 'DONE' AND approved_at >= :from AND approved_at < :to
            UNION ALL
            SELECT top_up_id, 1 AS refund, amount, cancelled_at AS moved_at,
                   CAST(refund_id AS CHAR(20)) AS transaction_key
            FROM sandbox_cancel WHERE cancelled_at >= :from AND cancelled_at < :to\
            """)
                .param("from", Utc.toColumn(day.atStartOfDay(TopUp.DAY_ZONE).toInstant()))
                .param(
                        "to",
                        Utc.toColumn(
                                day.plusDays(1).atStartOfDay(TopUp.DAY_ZONE).toInstant()))
                .query((row, number) -> new ProviderTransaction(
                        IdText.of(row.getLong("top_up_id")),
                        row.getInt("refund") == 1,
                        Won.of(row.getLong("amount")),
                        time(row, "moved_at"),
                        row.getString("transaction_key")))
                .list();
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Utc.fromColumn(row.getObject(column, LocalDateTime.class));
    }
}
