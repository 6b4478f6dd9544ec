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
 * Fills a database that no instance has ever started on, in one transaction, before this start is written down: killed
 * half-way it is done again; once any start is on record, never.
 */
@Component
class SampleData implements Callback {

    private static final Logger log = LoggerFactory.getLogger(SampleData.class);
    private static final Duration OPEN_FOR = Duration.ofDays(1);

    private static final List<String> MUST_BE_EMPTY =
            List.of("instance", "product", "stock_movement", "campaign", "coupon", "wallet", "ledger_entry", "orders");

    private final Where where;
    private final Function<JdbcTemplate, Instant> clock;

    /** {@code embedded} fills the embedded database alone, {@code true} any, {@code false} none. */
    enum Where {
        EMBEDDED,
        TRUE,
        FALSE
    }

    /** The installation's clock begins with the migrated schema, and so after this. */
    @Autowired
    SampleData(@Value("${commerce.sample-data:embedded}") Where where) {
        this(where, JdbcReferenceClock::now);
    }

    SampleData(Where where, Function<JdbcTemplate, Instant> clock) {
        this.where = where;
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
            fillWhole(context.getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException("sample data cannot be written", e);
        }
    }

    private void fillWhole(Connection connection) throws SQLException {
        boolean embedded = connection.getMetaData().getURL().matches("jdbc:h2:(?!tcp:|ssl:).*");
        if (where == Where.FALSE || where == Where.EMBEDDED && !embedded) {
            return;
        }
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            // Instances that start together on one database come here one by one.
            jdbc.queryForList("SELECT id FROM sale WHERE id = 1 FOR UPDATE");
            if (isEmpty(jdbc)) {
                fill(jdbc, clock.apply(jdbc));
                connection.commit();
                log.info("Sample products and coupon campaigns written (commerce.sample-data=false leaves them out)");
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    private static boolean isEmpty(JdbcTemplate jdbc) {
        return MUST_BE_EMPTY.stream().allMatch(table -> jdbc.queryForList("SELECT 1 FROM " + table + " LIMIT 1")
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
        // Instances make ids far larger than these.
        jdbc.update("""
                INSERT INTO stock_movement (id, product_id, delta, reason, created_at)
                SELECT id, id, stock, 'opening stock', created_at FROM product
                """);
        campaign(jdbc, "오픈 기념 5,000원 쿠폰 · Opening Coupon 5,000 won", "FIXED", 5_000, null, now, now);
        campaign(jdbc, "앙코르 10% 쿠폰 · Encore Coupon 10 %", "PERCENT", 10, 10_000L, now.plus(OPEN_FOR), now);
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
                Utc.toColumn(starts.plus(OPEN_FOR)),
                Utc.toColumn(now));
    }
}
