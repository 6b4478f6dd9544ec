package kr.hhplus.commerce.wallet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.wallet.TopUpBatch.Change;
import kr.hhplus.commerce.wallet.TopUpService.NeedsOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores top-ups and their refunds. They change only under the lock of their owner's balance; every update also names
 * the state that it changes and must find it.
 */
@Repository
class TopUps {

    private static final RowTable TABLE = new RowTable("top_up", 15, "id");
    private static final RowTable REFUNDS = new RowTable("top_up_refund", 16, "id");

    private static final Duration HINTED_AFTER_EXPIRY = Duration.ofDays(1);

    /** They are asked about again and again, so the index of what is due finds them. */
    private static final String NEEDING_OPERATOR = " WHERE next_attempt_at IS NOT NULL AND needs_operator IS NOT NULL";

    private final JdbcClient sql;
    private final JdbcTemplate jdbc;

    TopUps(JdbcClient sql, JdbcTemplate jdbc) {
        this.sql = sql;
        this.jdbc = jdbc;
    }

    static RowKey rowOf(long topUpId) {
        return TABLE.row(topUpId);
    }

    static RowKey refundRowOf(long refundId) {
        return REFUNDS.row(refundId);
    }

    Optional<TopUp> find(long topUpId) {
        return findAll(List.of(topUpId)).stream().findFirst();
    }

    List<TopUp> findAll(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : sql.sql("SELECT * FROM top_up WHERE id IN (:ids)")
                        .param("ids", ids)
                        .query(TopUps::topUp)
                        .list();
    }

    /**
     * Finds what may count towards the limits of users: everything open, and everything credited that was created
     * since an instant. Ended ones are not read, because a user can have any number of them.
     */
    List<TopUp> findCounted(Collection<Long> userIds, Instant since) {
        String counted = """
            SELECT * FROM top_up WHERE user_id IN (:users) AND status IN ('PENDING', 'CONFIRMING')
            UNION ALL
            SELECT * FROM top_up WHERE user_id IN (:users)
                                   AND status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED') AND id >= :first\
            """;
        return userIds.isEmpty()
                ? List.of()
                : sql.sql(counted)
                        .param("users", userIds)
                        .param("first", Ids.firstOf(since))
                        .query(TopUps::topUp)
                        .list();
    }

    /** Lists the top-ups of a user, newest first. */
    List<TopUp> page(long userId, long idBefore, int limit) {
        return sql.sql("SELECT * FROM top_up WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ?")
                .params(userId, idBefore, limit)
                .query(TopUps::topUp)
                .list();
    }

    Optional<TopUpRefund> findRefund(long refundId) {
        return sql.sql("SELECT * FROM top_up_refund WHERE id = ?")
                .param(refundId)
                .query(TopUps::refund)
                .optional();
    }

    List<TopUpRefund> refundsOf(Collection<Long> topUpIds) {
        return topUpIds.isEmpty()
                ? List.of()
                : sql.sql("SELECT * FROM top_up_refund WHERE top_up_id IN (:ids) ORDER BY id")
                        .param("ids", topUpIds)
                        .query(TopUps::refund)
                        .list();
    }

    /** Returns whether this new top-up is committed. Waits for a transaction that is still writing it. */
    boolean isCommitted(TopUp created) {
        return sql.sql("SELECT id FROM top_up WHERE id = ? FOR UPDATE")
                .param(created.id())
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /**
     * Writes the changes of a batch, in its transaction.
     *
     * @param firstAttemptAt when the provider is asked for what this batch leaves open, unless the answer comes before
     */
    void save(TopUpBatch batch, Instant now, Instant firstAttemptAt) {
        batch.topUpChanges().forEach(change -> save(change, now, firstAttemptAt));
        batch.refundChanges().forEach(change -> saveRefund(change, now));
    }

    private void save(Change<TopUp> change, Instant now, Instant firstAttemptAt) {
        TopUp after = change.after();
        Instant next =
                switch (after.status()) {
                    case PENDING -> after.expiresAt();
                    case CONFIRMING -> firstAttemptAt;
                    case FAILED -> after.lastAskedAt();
                    default -> null;
                };
        if (change.before() == null) {
            jdbc.update(
                    """
                    INSERT INTO top_up (id, user_id, amount, refunded_amount, status, provider, created_at, expires_at,
                                        attempts, next_attempt_at)
                    VALUES (?, ?, ?, 0, ?, ?, ?, ?, 0, ?)\
                    """,
                    after.id(),
                    after.userId(),
                    after.amount().amount(),
                    after.status().name(),
                    after.provider(),
                    Utc.toColumn(after.createdAt()),
                    Utc.toColumn(after.expiresAt()),
                    Utc.toColumn(next));
            return;
        }
        requireOne(
                jdbc.update(
                        """
                        UPDATE top_up SET status = ?, refunded_amount = ?, payment_key = ?, failure = ?, entry_no = ?,
                                          approved_at = ?, next_attempt_at = ?, begun_at = COALESCE(begun_at, ?),
                                          cancelling = ?,
                                          needs_operator = CASE WHEN ? THEN needs_operator ELSE NULL END
                        WHERE id = ? AND status = ? AND refunded_amount = ?\
                        """,
                        after.status().name(),
                        after.refundedAmount().amount(),
                        after.paymentKey(),
                        after.failure(),
                        after.entryNo(),
                        Utc.toColumn(after.approvedAt()),
                        Utc.toColumn(next),
                        Utc.toColumn(after.status() == TopUp.Status.CONFIRMING ? now : null),
                        after.cancelling(),
                        after.status() == TopUp.Status.CONFIRMING,
                        after.id(),
                        change.before().status().name(),
                        change.before().refundedAmount().amount()),
                after);
    }

    private void saveRefund(Change<TopUpRefund> change, Instant now) {
        TopUpRefund after = change.after();
        if (change.before() == null) {
            jdbc.update(
                    """
                    INSERT INTO top_up_refund (id, top_up_id, user_id, amount, reason, status, entry_no, created_at,
                                               attempts, next_attempt_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)\
                    """,
                    after.id(),
                    after.topUpId(),
                    after.userId(),
                    after.amount().amount(),
                    after.reason(),
                    after.status().name(),
                    after.entryNo(),
                    Utc.toColumn(after.createdAt()),
                    Utc.toColumn(now));
            return;
        }
        requireOne(
                jdbc.update(
                        """
                        UPDATE top_up_refund
                        SET status = ?, failure = ?, return_entry_no = ?, completed_at = ?, cancel_key = ?,
                            next_attempt_at = NULL
                        WHERE id = ? AND status = ?\
                        """,
                        after.status().name(),
                        after.failure(),
                        after.returnEntryNo(),
                        Utc.toColumn(after.completedAt()),
                        after.cancelKey(),
                        after.id(),
                        change.before().status().name()),
                after);
    }

    private static void requireOne(int rows, Object changed) {
        if (rows != 1) {
            throw new IllegalStateException("changed " + rows + " rows instead of one: " + changed);
        }
    }

    /**
     * Something of which the provider is to be asked.
     *
     * @param attempts counts the claims before this one
     * @param requestNo the number of the request to the provider
     * @param refused whether the provider has refused the request before this one; false for a payment
     */
    record Due(long id, Instant at, int attempts, int requestNo, boolean refused) {}

    List<Due> dueTopUps(Instant now, int limit) {
        return due("id, next_attempt_at, attempts, request_no, FALSE AS refused FROM top_up", now, limit);
    }

    List<Due> dueRefunds(Instant now, int limit) {
        return due("id, next_attempt_at, attempts, request_no, refused FROM top_up_refund", now, limit);
    }

    private List<Due> due(String columns, Instant now, int limit) {
        return sql.sql("SELECT " + columns + " WHERE next_attempt_at <= ? ORDER BY next_attempt_at LIMIT ?")
                .params(Utc.toColumn(now), limit)
                .query((row, number) -> new Due(
                        row.getLong("id"),
                        time(row, "next_attempt_at"),
                        row.getInt("attempts"),
                        row.getInt("request_no"),
                        row.getBoolean("refused")))
                .list();
    }

    /** Takes a due row for one instance, until the given time. Returns whether no other instance was faster. */
    boolean claimTopUp(Due due, Instant until) {
        return claim("top_up", due, until);
    }

    boolean claimRefund(Due due, Instant until) {
        return claim("top_up_refund", due, until);
    }

    private boolean claim(String table, Due due, Instant until) {
        return jdbc.update(
                        "UPDATE " + table + " SET next_attempt_at = ?, attempts = attempts + 1"
                                + " WHERE id = ? AND next_attempt_at = ?",
                        Utc.toColumn(until),
                        due.id(),
                        Utc.toColumn(due.at()))
                == 1;
    }

    /**
     * Sets when the provider is asked again, unless the top-up is credited.
     *
     * @param requestNo the lowest number of the next request
     * @param needsOperator why only an operator can end it; null leaves what was known before
     */
    void askTopUpAgain(long topUpId, Instant at, int requestNo, @Nullable String needsOperator) {
        jdbc.update(
                "UPDATE top_up SET next_attempt_at = ?, request_no = GREATEST(request_no, ?),"
                        + " needs_operator = COALESCE(?, needs_operator) WHERE id = ? AND entry_no IS NULL",
                Utc.toColumn(at),
                requestNo,
                needsOperator,
                topUpId);
    }

    /** Ends the questions about a top-up that has ended and of which the provider knows no payment. */
    void askTopUpNoMore(long topUpId) {
        jdbc.update(
                "UPDATE top_up SET next_attempt_at = NULL WHERE id = ? AND status NOT IN ('PENDING', 'CONFIRMING')",
                topUpId);
    }

    /**
     * Sets when the provider is asked again about an open refund.
     *
     * @param requestNo the lowest number of the next request
     * @param refused whether the provider has refused the last request
     */
    void askRefundAgain(long refundId, Instant at, int requestNo, boolean refused) {
        jdbc.update(
                "UPDATE top_up_refund SET next_attempt_at = ?, request_no = GREATEST(request_no, ?), refused = ?"
                        + " WHERE id = ? AND status = 'PENDING'",
                Utc.toColumn(at),
                requestNo,
                refused,
                refundId);
    }

    /**
     * Makes a top-up that is being confirmed or has failed due now, unless that happened within a pause. A failed one
     * is asked about for a day after its expiry, so that webhooks about old ones cost the provider nothing.
     */
    void hint(long topUpId, Instant now, Duration pause, Duration pauseAfterEnd) {
        String update = """
            UPDATE top_up SET next_attempt_at = ?, hinted_at = ?
            WHERE id = ? AND (status = 'CONFIRMING' OR status = 'FAILED' AND expires_at > ?)
              AND (hinted_at IS NULL OR hinted_at <= CASE status WHEN 'CONFIRMING' THEN ? ELSE ? END)\
            """;
        LocalDateTime at = Utc.toColumn(now);
        LocalDateTime ended = Utc.toColumn(now.minus(HINTED_AFTER_EXPIRY));
        jdbc.update(
                update, at, at, topUpId, ended, Utc.toColumn(now.minus(pause)), Utc.toColumn(now.minus(pauseAfterEnd)));
    }

    /**
     * Returns since when the oldest unsettled payment or refund waits for the provider; null if none does. What needs
     * an operator is not among them, so that it does not hide a provider that is away.
     */
    @Nullable
    Instant waitingSince() {
        String oldest = """
            SELECT MIN(COALESCE(begun_at, created_at)) FROM top_up
            WHERE status = 'CONFIRMING' AND needs_operator IS NULL
            UNION ALL
            SELECT MIN(created_at) FROM top_up_refund WHERE next_attempt_at IS NOT NULL\
            """;
        return jdbc.queryForList(oldest, LocalDateTime.class).stream()
                .filter(Objects::nonNull)
                .min(LocalDateTime::compareTo)
                .map(Utc::fromColumn)
                .orElse(null);
    }

    /** Returns since when the oldest payment that needs an operator is open; null if there is none. */
    @Nullable
    Instant needingOperatorSince() {
        String oldest = "SELECT MIN(COALESCE(begun_at, created_at)) FROM top_up" + NEEDING_OPERATOR;
        return Utc.fromColumn(jdbc.queryForObject(oldest, LocalDateTime.class));
    }

    List<NeedsOperator> needingOperator(int limit) {
        return sql.sql("SELECT * FROM top_up" + NEEDING_OPERATOR + " ORDER BY begun_at, id LIMIT ?")
                .param(limit)
                .query((row, number) -> new NeedsOperator(topUp(row, number), row.getString("needs_operator")))
                .list();
    }

    /** Lists a provider's credited top-ups whose payment was approved within a time. */
    List<TopUp> approvedBetween(String provider, Instant from, Instant to) {
        return sql.sql("SELECT * FROM top_up WHERE approved_at >= ? AND approved_at < ? AND provider = ? ORDER BY id")
                .params(Utc.toColumn(from), Utc.toColumn(to), provider)
                .query(TopUps::topUp)
                .list();
    }

    /** Lists a provider's refunds that were paid back within a time. */
    List<TopUpRefund> completedBetween(String provider, Instant from, Instant to) {
        String completed = """
            SELECT r.* FROM top_up_refund r JOIN top_up t ON t.id = r.top_up_id
            WHERE r.completed_at >= ? AND r.completed_at < ? AND t.provider = ? ORDER BY r.id\
            """;
        return sql.sql(completed)
                .params(Utc.toColumn(from), Utc.toColumn(to), provider)
                .query(TopUps::refund)
                .list();
    }

    private static TopUp topUp(ResultSet row, int number) throws SQLException {
        return new TopUp(
                row.getLong("id"),
                row.getLong("user_id"),
                Won.of(row.getLong("amount")),
                Won.of(row.getLong("refunded_amount")),
                TopUp.Status.valueOf(row.getString("status")),
                row.getString("provider"),
                row.getString("payment_key"),
                row.getString("failure"),
                row.getObject("entry_no", Long.class),
                time(row, "created_at"),
                time(row, "expires_at"),
                time(row, "approved_at"),
                row.getBoolean("cancelling"));
    }

    private static TopUpRefund refund(ResultSet row, int number) throws SQLException {
        return new TopUpRefund(
                row.getLong("id"),
                row.getLong("top_up_id"),
                row.getLong("user_id"),
                Won.of(row.getLong("amount")),
                row.getString("reason"),
                TopUpRefund.Status.valueOf(row.getString("status")),
                row.getString("failure"),
                row.getLong("entry_no"),
                row.getObject("return_entry_no", Long.class),
                time(row, "created_at"),
                time(row, "completed_at"),
                row.getString("cancel_key"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Utc.fromColumn(row.getObject(column, LocalDateTime.class));
    }
}
