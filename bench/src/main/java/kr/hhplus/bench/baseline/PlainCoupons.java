package kr.hhplus.bench.baseline;

import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A coupon as in textbooks: lock the campaign, count, insert, commit. */
@Component
class PlainCoupons {

    private final JdbcTemplate jdbc;
    private final PlainIds ids;

    PlainCoupons(JdbcTemplate jdbc, PlainIds ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    @Transactional
    public Map<String, Object> issue(long userId, long campaignId) {
        long[] campaign = PlainController.only(
                jdbc.query(
                        "SELECT issued, total_quantity, coupon_valid_days FROM campaign WHERE id = ? FOR UPDATE",
                        (row, i) -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)},
                        campaignId),
                "CAMPAIGN_NOT_FOUND");
        if (campaign[0] >= campaign[1]) {
            throw new Refused("COUPON_SOLD_OUT");
        }
        long id = ids.next();
        long sequence = campaign[0] + 1;
        try {
            jdbc.update(
                    "INSERT INTO coupon (id, campaign_id, user_id, sequence, issued_at, expires_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    id,
                    campaignId,
                    userId,
                    sequence,
                    PlainController.now(),
                    PlainController.now().plusDays(campaign[2]));
        } catch (DuplicateKeyException e) {
            throw new Refused("COUPON_ALREADY_ISSUED");
        }
        jdbc.update("UPDATE campaign SET issued = ? WHERE id = ?", sequence, campaignId);
        return Map.of(
                "couponId",
                PlainIds.text(id),
                "campaignId",
                campaignId,
                "userId",
                userId,
                "status",
                "ISSUED",
                "sequence",
                sequence);
    }
}
