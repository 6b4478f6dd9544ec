package kr.hhplus.commerce.promotion;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.database.Utc;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Stores campaigns. Batches of issues lock them and save the number of issued coupons. */
@Repository
public class Campaigns {

    private static final RowTable TABLE = new RowTable("campaign", 30, "id");

    private final JdbcClient sql;
    private final JdbcTemplate jdbc;

    Campaigns(JdbcClient sql, JdbcTemplate jdbc) {
        this.sql = sql;
        this.jdbc = jdbc;
    }

    /** The row that {@link #lock} locks for a campaign. */
    public static RowKey rowOf(long campaignId) {
        return TABLE.row(campaignId);
    }

    /** Locks the campaigns in ascending order until the transaction ends. */
    public Map<Long, Campaign> lock(Collection<Long> campaignIds) {
        Map<Long, Campaign> campaigns = new HashMap<>();
        if (!campaignIds.isEmpty()) {
            sql.sql("SELECT * FROM campaign" + RowTable.BY_KEY + " WHERE id IN (:ids) ORDER BY id FOR UPDATE")
                    .param("ids", new TreeSet<>(campaignIds))
                    .query(Campaigns::campaign)
                    .list()
                    .forEach(campaign -> campaigns.put(campaign.campaignId(), campaign));
        }
        return campaigns;
    }

    /** Finds the current campaigns, in no order. Campaigns that do not exist are left out. */
    public List<Campaign> findAll(Collection<Long> campaignIds) {
        if (campaignIds.isEmpty()) {
            return List.of();
        }
        return sql.sql("SELECT * FROM campaign WHERE id IN (:ids)")
                .param("ids", campaignIds)
                .query(Campaigns::campaign)
                .list();
    }

    /** Returns the ids of the campaigns that are open, including sold-out ones, in ascending order. */
    public List<Long> openAt(Instant now) {
        String open = """
                SELECT id FROM campaign
                WHERE ends_at > :now AND starts_at <= :now AND paused = FALSE ORDER BY id""";
        return sql.sql(open).param("now", Utc.toColumn(now)).query(Long.class).list();
    }

    /** Lists the campaigns that are open or scheduled, newest first. */
    public List<Campaign> openOrScheduled(Instant now, long idBefore, int limit) {
        String openOrScheduled = """
                SELECT * FROM campaign WHERE ends_at > :now AND paused = FALSE AND id < :before
                ORDER BY id DESC LIMIT :limit""";
        return sql.sql(openOrScheduled)
                .param("now", Utc.toColumn(now))
                .param("before", idBefore)
                .param("limit", limit)
                .query(Campaigns::campaign)
                .list();
    }

    /** Lists all campaigns, newest first. */
    public List<Campaign> page(long idBefore, int limit) {
        return sql.sql("SELECT * FROM campaign WHERE id < ? ORDER BY id DESC LIMIT ?")
                .params(idBefore, limit)
                .query(Campaigns::campaign)
                .list();
    }

    /** Returns the remaining coupons by campaign, of all campaigns that have not ended, including paused ones. */
    public Map<Long, Long> remainingAt(Instant now) {
        Map<Long, Long> remaining = new HashMap<>();
        sql.sql("SELECT id, total_quantity - issued AS remaining FROM campaign WHERE ends_at > :now")
                .param("now", Utc.toColumn(now))
                .query(row -> {
                    remaining.put(row.getLong("id"), row.getLong("remaining"));
                });
        return remaining;
    }

    /** Writes the number of issued coupons, in the transaction that locked the campaigns. */
    public void saveIssued(Collection<Campaign> campaigns) {
        jdbc.batchUpdate(
                "UPDATE campaign SET issued = ? WHERE id = ?", campaigns, campaigns.size(), (statement, campaign) -> {
                    statement.setLong(1, campaign.issued());
                    statement.setLong(2, campaign.campaignId());
                });
    }

    Campaign insert(CampaignDetails details, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        String insert = """
                INSERT INTO campaign (name, discount_type, discount_value, discount_max, min_order_amount,
                                      total_quantity, issued, starts_at, ends_at, coupon_valid_days, paused, created_at,
                                      min_account_age_days, required_claim)
                VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, FALSE, ?, ?, ?)""";
        sql.sql(insert)
                .param(details.name())
                .param(details.discount().type().name())
                .param(details.discount().value())
                .param(details.discount().maxAmount())
                .param(details.minOrderAmount())
                .param(details.totalQuantity())
                .param(Utc.toColumn(details.startsAt()))
                .param(Utc.toColumn(details.endsAt()))
                .param(details.couponValidDays())
                .param(Utc.toColumn(now))
                .param(details.minAccountAgeDays())
                .param(details.requiredClaim())
                .update(key, "id");
        return new Campaign(
                Objects.requireNonNull(key.getKey()).longValue(),
                details.name(),
                details.discount(),
                Won.of(details.minOrderAmount()),
                Won.CURRENCY,
                details.totalQuantity(),
                details.totalQuantity(),
                details.startsAt(),
                details.endsAt(),
                0L,
                details.couponValidDays(),
                false,
                details.minAccountAgeDays(),
                details.requiredClaim());
    }

    void update(Campaign campaign) {
        sql.sql("UPDATE campaign SET name = ?, total_quantity = ?, starts_at = ?, ends_at = ?, paused = ? WHERE id = ?")
                .param(campaign.name())
                .param(campaign.totalQuantity())
                .param(Utc.toColumn(campaign.startsAt()))
                .param(Utc.toColumn(campaign.endsAt()))
                .param(campaign.paused())
                .param(campaign.campaignId())
                .update();
    }

    private static Campaign campaign(ResultSet row, int number) throws SQLException {
        long total = row.getLong("total_quantity");
        long issued = row.getLong("issued");
        return new Campaign(
                row.getLong("id"),
                row.getString("name"),
                discount(row),
                Won.of(row.getLong("min_order_amount")),
                Won.CURRENCY,
                total,
                total - issued,
                Utc.fromColumn(row.getObject("starts_at", LocalDateTime.class)),
                Utc.fromColumn(row.getObject("ends_at", LocalDateTime.class)),
                issued,
                row.getInt("coupon_valid_days"),
                row.getBoolean("paused"),
                row.getObject("min_account_age_days", Integer.class),
                row.getString("required_claim"));
    }

    /** Reads the discount of a campaign's row. */
    public static Discount discount(ResultSet row) throws SQLException {
        return new Discount(
                Discount.Type.valueOf(row.getString("discount_type")),
                row.getLong("discount_value"),
                row.getObject("discount_max", Long.class));
    }
}
