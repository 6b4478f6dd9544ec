package kr.hhplus.commerce.promotion;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.database.Utc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Campaigns as pages list them: all that there are for operators, and what is left of those that are not over. */
@Repository
public class JdbcCampaignLists {

    private final JdbcClient sql;

    JdbcCampaignLists(JdbcClient sql) {
        this.sql = sql;
    }

    /** All there ever were, newest first. */
    public List<Campaign> page(long idBefore, int limit) {
        return sql.sql("SELECT * FROM campaign WHERE id < ? ORDER BY id DESC LIMIT ?")
                .params(idBefore, limit)
                .query(Campaigns::campaign)
                .list();
    }

    /** What is left to issue of each campaign that is not over, paused ones among them, by its id. */
    public Map<Long, Long> remainingAt(Instant now) {
        Map<Long, Long> remaining = new HashMap<>();
        sql.sql("SELECT id, total_quantity - issued AS remaining FROM campaign WHERE ends_at > :now")
                .param("now", Utc.toColumn(now))
                .query(row -> {
                    remaining.put(row.getLong("id"), row.getLong("remaining"));
                });
        return remaining;
    }
}
