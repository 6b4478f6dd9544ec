package kr.hhplus.commerce.sampledata;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.time.JdbcReferenceClock;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Inserts the sample data into a database on which no instance has ever started. This happens in one transaction,
 * before this start is recorded. If the transaction is interrupted, the next start repeats it. After a recorded start
 * it never runs again.
 */
@Component
class SampleData implements Callback {

    private static final Logger log = LoggerFactory.getLogger(SampleData.class);
    private static final Duration CAMPAIGN_DURATION = Duration.ofDays(1);

    private static final List<String> TABLES_REQUIRED_EMPTY =
            List.of("instance", "product", "stock_movement", "campaign", "coupon", "wallet", "ledger_entry", "orders");

    private final Target target;
    private final Function<JdbcTemplate, Instant> clock;

    /**
     * The databases that get sample data: {@code embedded} only the embedded database, {@code true} any database,
     * {@code false} none.
     */
    enum Target {
        EMBEDDED,
        TRUE,
        FALSE
    }

    /** Uses the database's clock, because the installation's clock starts after the migration. */
    @Autowired
    SampleData(@Value("${commerce.sample-data:embedded}") Target target) {
        this(target, JdbcReferenceClock::now);
    }

    SampleData(Target target, Function<JdbcTemplate, Instant> clock) {
        this.target = target;
        this.clock = clock;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public String getCallbackName() {
        return "sample data";
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            fillIfEmpty(context.getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException("cannot insert the sample data", e);
        }
    }

    private void fillIfEmpty(Connection connection) throws SQLException {
        boolean embedded = connection.getMetaData().getURL().matches("jdbc:h2:(?!tcp:|ssl:).*");
        if (target == Target.FALSE || target == Target.EMBEDDED && !embedded) {
            return;
        }
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            // Serializes instances that start at the same time on one database.
            jdbc.queryForList("SELECT id FROM sale WHERE id = 1 FOR UPDATE");
            if (isEmpty(jdbc)) {
                fill(jdbc, clock.apply(jdbc));
                connection.commit();
                log.info("Inserted sample products and coupon campaigns (set commerce.sample-data=false to omit them)");
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    private static boolean isEmpty(JdbcTemplate jdbc) {
        return TABLES_REQUIRED_EMPTY.stream().allMatch(table -> jdbc.queryForList("SELECT 1 FROM " + table + " LIMIT 1")
                .isEmpty());
    }

    private static void fill(JdbcTemplate jdbc, Instant now) {
        for (SampleProduct product : SampleProduct.all()) {
            jdbc.update(
                    """
                    INSERT INTO product (name, description, price, stock, purchase_limit, sale_starts_at, created_at,
                                         purchase_counting)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    product.name(),
                    product.description(),
                    product.price(),
                    product.stock(),
                    product.purchaseLimit(),
                    product.saleStartsIn() == null ? null : Utc.toColumn(now.plus(product.saleStartsIn())),
                    Utc.toColumn(now),
                    product.purchaseLimit() == null ? "NONE" : "COUNTED");
        }
        // Generated ids are far larger than these.
        jdbc.update("""
                INSERT INTO stock_movement (id, product_id, delta, reason, created_at)
                SELECT id, id, stock, 'opening stock', created_at FROM product
                """);
        campaign(jdbc, "오픈 기념 5,000원 쿠폰 · Opening Coupon 5,000 won", "FIXED", 5_000, null, now, now);
        campaign(jdbc, "앙코르 10% 쿠폰 · Encore Coupon 10 %", "PERCENT", 10, 10_000L, now.plus(CAMPAIGN_DURATION), now);
    }

    private static void campaign(
            JdbcTemplate jdbc, String name, String type, long value, Long max, Instant starts, Instant now) {
        jdbc.update(
                """
                INSERT INTO campaign (name, discount_type, discount_value, discount_max, min_order_amount,
                    total_quantity, issued, starts_at, ends_at, coupon_valid_days, paused, created_at)
                VALUES (?, ?, ?, ?, 10000, 100, 0, ?, ?, 30, FALSE, ?)
                """,
                name,
                type,
                value,
                max,
                Utc.toColumn(starts),
                Utc.toColumn(starts.plus(CAMPAIGN_DURATION)),
                Utc.toColumn(now));
    }
}
