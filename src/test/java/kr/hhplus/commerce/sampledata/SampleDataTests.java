package kr.hhplus.commerce.sampledata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@OnDatabase
class SampleDataTests {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final HikariDataSource database = TestDatabase.create().pool(new HikariConfig());
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void fillsTheShelves() {
        start();

        assertThat(count("product")).isEqualTo(30);
        assertThat(jdbc.queryForList("SELECT name FROM product", String.class))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches(".*[가-힣].* · .*[A-Za-z].*"));
        assertThat(count("product WHERE stock = 0")).isOne();
        assertThat(count("product WHERE purchase_limit = 1")).isOne();
        assertThat(jdbc.queryForList(
                        "SELECT sale_starts_at FROM product WHERE sale_starts_at IS NOT NULL", LocalDateTime.class))
                .containsExactly(at(Duration.ofDays(7)));
        assertThat(count("product p WHERE 1 <> (SELECT COUNT(*) FROM stock_movement m"
                        + " WHERE m.product_id = p.id AND m.delta = p.stock)"))
                .isZero();
    }

    @Test
    void listsFirstWhatASmallChargeBuys() {
        start();

        assertThat(count("product WHERE id = (SELECT MAX(id) FROM product) AND stock > 0 AND price <= 50000"
                        + " AND purchase_limit IS NULL AND sale_starts_at IS NULL AND sale_ends_at IS NULL"))
                .isOne();
    }

    @Test
    void opensOneCampaignAndAnotherWhenItEnds() {
        start();

        List<LocalDateTime> starts =
                jdbc.queryForList("SELECT starts_at FROM campaign ORDER BY id", LocalDateTime.class);
        List<LocalDateTime> ends = jdbc.queryForList("SELECT ends_at FROM campaign ORDER BY id", LocalDateTime.class);
        assertThat(starts).containsExactly(at(Duration.ZERO), ends.get(0));
        assertThat(count("campaign WHERE total_quantity = 100 AND issued = 0 AND NOT paused"))
                .isEqualTo(2);
    }

    @Test
    void isNotRepeatedByTheNextOne() {
        start();
        start();

        assertThat(count("product")).isEqualTo(30);
    }

    @Test
    void isOverOnceAnInstanceIsOnRecordWhateverWasDeletedSince() {
        start();
        jdbc.update("INSERT INTO instance (started_at) VALUES (NOW())");
        List.of("product", "stock_movement", "campaign").forEach(table -> jdbc.update("DELETE FROM " + table));

        start();

        assertThat(count("product")).isZero();
    }

    @Test
    void leavesAnOperatorsOwnRowsAlone() {
        Flyway.configure().dataSource(database).load().migrate();
        jdbc.update("INSERT INTO wallet VALUES (1, 0, 0)");

        start();

        assertThat(count("product")).isZero();
    }

    @Test
    void writesAllOrNothing() {
        Flyway.configure().dataSource(database).load().migrate();
        jdbc.execute("ALTER TABLE campaign ADD CONSTRAINT nothing_later CHECK (starts_at < '2026-03-01 12:00:00')");
        assertThatThrownBy(this::start).hasStackTraceContaining("nothing_later");
        assertThat(count("product")).isZero();

        jdbc.execute("ALTER TABLE campaign DROP CONSTRAINT nothing_later");
        start();

        assertThat(count("product")).isEqualTo(30);
    }

    @Test
    void isOnlyAskedForByNameBeyondTheEmbeddedDatabase() {
        start(SampleData.Target.EMBEDDED);
        assertThat(count("product")).isEqualTo(TestDatabase.ON_MYSQL ? 0 : 30);
    }

    @Test
    void isLeftOutWhereNotWanted() {
        start(SampleData.Target.FALSE);
        assertThat(count("product")).isZero();
    }

    private void start() {
        start(SampleData.Target.TRUE);
    }

    private void start(SampleData.Target where) {
        Callback sample = new SampleData(where, jdbc -> NOW);
        Flyway.configure().dataSource(database).callbacks(sample).load().migrate();
    }

    private long count(String rows) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM " + rows, Long.class);
    }

    private static LocalDateTime at(Duration later) {
        return LocalDateTime.ofInstant(NOW.plus(later), ZoneOffset.UTC);
    }
}
