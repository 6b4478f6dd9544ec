package kr.hhplus.commerce.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What one test did to a database, the next one does not find. */
@OnDatabase
class MigratedDatabasesTests {

    /** Every column and every row, of whichever database. */
    private static String contents(HikariDataSource pool) {
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        StringBuilder contents = new StringBuilder();
        String schema = TestDatabase.ON_MYSQL ? "DATABASE()" : "'public'";
        List<Map<String, Object>> columns =
                jdbc.queryForList("SELECT table_name, column_name, data_type, is_nullable, column_default,"
                        + " character_maximum_length FROM information_schema.columns WHERE table_schema = " + schema
                        + " ORDER BY table_name, ordinal_position");
        assertThat(columns).hasSizeGreaterThan(100);
        contents.append(columns);
        columns.stream()
                .map(column -> (String) column.values().iterator().next())
                .distinct()
                .filter(table -> !table.equals("flyway_schema_history"))
                .forEach(table ->
                        contents.append('\n').append(table).append(jdbc.queryForList("SELECT * FROM " + table)));
        return contents.toString();
    }

    private static String migratedByFlyway() {
        try (HikariDataSource pool = TestDatabase.create().pool(new HikariConfig())) {
            Flyway.configure().dataSource(pool).load().migrate();
            return contents(pool);
        }
    }

    private static long newUser(HikariDataSource pool) {
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        jdbc.update("INSERT INTO user_number (issuer, subject, created_at) VALUES ('i', 's', '2026-01-01')");
        return jdbc.queryForObject("SELECT MAX(user_id) FROM user_number", Long.class);
    }

    @Test
    void areAsFlywayMakesThem() {
        String wanted = migratedByFlyway();
        for (int i = 0; i < 2; i++) {
            try (HikariDataSource pool = TestDatabase.migrated()) {
                assertThat(contents(pool)).isEqualTo(wanted);
            }
        }
        try (HikariDataSource pool = MigratedDatabases.copy().pool(new HikariConfig())) {
            assertThat(contents(pool)).isEqualTo(wanted);
            assertThat(newUser(pool)).isPositive();
        }
    }

    @Test
    void forgetRowsAndNumbers() {
        String wanted;
        long user;
        try (HikariDataSource pool = TestDatabase.migrated()) {
            wanted = contents(pool);
            user = newUser(pool);
            new JdbcTemplate(pool).update("UPDATE sale SET paused = TRUE");
            new JdbcTemplate(pool).update("DELETE FROM feed_lease");
        }
        try (HikariDataSource pool = TestDatabase.migrated()) {
            assertThat(contents(pool)).isEqualTo(wanted);
            assertThat(newUser(pool)).isEqualTo(user);
        }
    }

    @Test
    void areNotHandedOutAgainWithAnotherTable() {
        String wanted;
        try (HikariDataSource pool = TestDatabase.migrated()) {
            wanted = contents(pool);
            new JdbcTemplate(pool).execute("ALTER TABLE sale ADD COLUMN another INT");
        }
        try (HikariDataSource pool = TestDatabase.migrated()) {
            assertThat(contents(pool)).isEqualTo(wanted);
        }
    }

    @Test
    void areNotHandedOutAgainWhileSomebodyHoldsRows() throws SQLException {
        HikariDataSource held = TestDatabase.migrated();
        String url = held.getJdbcUrl();
        try (HikariDataSource others = new TestDatabase(url, held.getUsername()).pool(new HikariConfig());
                Connection holder = others.getConnection()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("UPDATE sale SET paused = TRUE");
            held.close();
            try (HikariDataSource pool = TestDatabase.migrated()) {
                assertThat(pool.getJdbcUrl()).isNotEqualTo(url);
            }
            holder.rollback();
        }
    }
}
