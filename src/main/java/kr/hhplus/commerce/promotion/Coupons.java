package kr.hhplus.commerce.promotion;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.database.JdbcRows;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores coupons. Orders lock and save them in the transaction of their batch. */
@Repository
public class Coupons {

    private static final RowTable TABLE = new RowTable("coupon", 20, "id");

    private static final String SELECT = """
            SELECT c.id, c.campaign_id, c.user_id, c.sequence, c.used_order_id, c.issued_at, c.expires_at,
                   p.name, p.discount_type, p.discount_value, p.discount_max, p.min_order_amount
            FROM coupon c JOIN campaign p ON p.id = c.campaign_id
            """;

    private final JdbcClient sql;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    Coupons(JdbcClient sql, JdbcTemplate jdbc, Clock clock) {
        this.sql = sql;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The row that {@link #lock} locks for a coupon; empty if the text is not a coupon id. */
    public static Optional<RowKey> rowOf(String couponId) {
        OptionalLong id = IdText.parse(couponId);
        return id.isPresent() ? Optional.of(TABLE.row(id.getAsLong())) : Optional.empty();
    }

    /** Locks the coupons in ascending order until the transaction ends. Texts that are not coupon ids are left out. */
    public BatchCoupons lock(Collection<String> couponIds) {
        Set<Long> ids = new TreeSet<>();
        couponIds.forEach(text -> IdText.parse(text).ifPresent(ids::add));
        if (ids.isEmpty()) {
            return new BatchCoupons(List.of());
        }
        // Without a join: it would lock the campaigns too, so that issues would wait for orders.
        sql.sql("SELECT id FROM coupon" + RowTable.BY_KEY + " WHERE id IN (:ids) ORDER BY id FOR UPDATE")
                .param("ids", ids)
                .query(Long.class)
                .list();
        Instant now = clock.instant();
        return new BatchCoupons(sql.sql(SELECT + "WHERE c.id IN (:ids)")
                .param("ids", ids)
                .query((row, number) -> coupon(row, now))
                .list());
    }

    /** Writes the orders that use the coupons, in the transaction that locked the coupons. */
    public void save(BatchCoupons coupons) {
        Collection<Coupon> changed = coupons.changed();
        if (!changed.isEmpty()) {
            jdbc.batchUpdate(
                    "UPDATE coupon SET used_order_id = ? WHERE id = ?",
                    changed,
                    changed.size(),
                    (statement, coupon) -> {
                        statement.setObject(1, number(coupon.usedOrderId()));
                        statement.setLong(2, number(coupon.couponId()));
                    });
        }
    }

    private static Long number(String id) {
        return id == null ? null : IdText.parse(id).orElseThrow();
    }

    void insert(Collection<Coupon> coupons) {
        String columns = "id, campaign_id, user_id, sequence, issued_at, expires_at";
        JdbcRows rows = new JdbcRows(jdbc, "coupon (" + columns + ")");
        for (Coupon coupon : coupons) {
            rows.row().numbers(number(coupon.couponId()), coupon.campaignId(), coupon.userId(), coupon.sequence());
            rows.time(coupon.issuedAt()).time(coupon.expiresAt());
        }
        rows.execute();
    }

    /** Returns which of the given users have a coupon of the given campaign. */
    Set<Holder> holdersAmong(Collection<Holder> candidates) {
        if (candidates.isEmpty()) {
            return Set.of();
        }
        // Pairs, not two lists: for two lists, H2 would read all coupons of these users.
        return Set.copyOf(sql.sql("SELECT user_id, campaign_id FROM coupon WHERE (user_id, campaign_id) IN (:pairs)")
                .param(
                        "pairs",
                        candidates.stream()
                                .map(holder -> new Object[] {holder.userId(), holder.campaignId()})
                                .toList())
                .query((row, number) -> new Holder(row.getLong("campaign_id"), row.getLong("user_id")))
                .list());
    }

    /** Returns the users whose sequence is greater than {@code afterSequence} and at most {@code lastSequence}. */
    long[] holderIds(long campaignId, long afterSequence, long lastSequence) {
        return sql
                .sql("SELECT user_id FROM coupon WHERE campaign_id = ? AND sequence > ? AND sequence <= ?")
                .params(campaignId, afterSequence, lastSequence)
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    record Holder(long campaignId, long userId) {}

    /** Returns whether the coupon is committed. Waits for a transaction that is still writing it. */
    boolean isCommitted(Coupon coupon) {
        return sql.sql("SELECT id FROM coupon WHERE id = ? FOR UPDATE")
                .param(number(coupon.couponId()))
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /**
     * Lists a user's coupons, newest first.
     *
     * @param status only coupons of this status; null lists all
     */
    public List<Coupon> ofUser(long userId, Coupon.Status status, long idBefore, int limit) {
        Instant now = clock.instant();
        String ofStatus = status == null
                ? ""
                : switch (status) {
                    case USED -> " AND c.used_order_id IS NOT NULL";
                    case ISSUED -> " AND c.used_order_id IS NULL AND c.expires_at > :now";
                    case EXPIRED -> " AND c.used_order_id IS NULL AND c.expires_at <= :now";
                };
        return sql.sql(SELECT + "WHERE c.user_id = :user AND c.id < :before" + ofStatus
                        + " ORDER BY c.id DESC LIMIT :limit")
                .param("user", userId)
                .param("before", idBefore)
                .param("now", Utc.toColumn(now))
                .param("limit", limit)
                .query((row, number) -> coupon(row, now))
                .list();
    }

    Optional<Coupon> ofUserAndCampaign(long userId, long campaignId) {
        Instant now = clock.instant();
        return sql.sql(SELECT + "WHERE c.user_id = ? AND c.campaign_id = ?")
                .params(userId, campaignId)
                .query((row, number) -> coupon(row, now))
                .optional();
    }

    private static Coupon coupon(ResultSet row, Instant now) throws SQLException {
        Long usedOrder = row.getObject("used_order_id", Long.class);
        String usedOrderId = usedOrder == null ? null : IdText.of(usedOrder);
        Instant expiresAt = Utc.fromColumn(row.getObject("expires_at", LocalDateTime.class));
        return new Coupon(
                IdText.of(row.getLong("id")),
                row.getLong("campaign_id"),
                row.getLong("user_id"),
                row.getString("name"),
                Campaigns.discount(row),
                Won.of(row.getLong("min_order_amount")),
                Won.CURRENCY,
                Coupon.statusAt(usedOrderId, expiresAt, now),
                row.getLong("sequence"),
                Utc.fromColumn(row.getObject("issued_at", LocalDateTime.class)),
                expiresAt,
                usedOrderId);
    }
}
