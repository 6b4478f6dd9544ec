package kr.hhplus.commerce.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the service finds out about a server before it touches it. This server is the test's own: it is bent. */
@ExtendWith({RealServers.class, OutputCaptureExtension.class})
class MySqlStartIT {

    private static final DatabaseProperties SETTINGS = new DatabaseProperties(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofSeconds(1));

    private static MySqlServer server;

    @BeforeAll
    static void start() {
        server = MySqlServer.start("--log-bin=bin", "--sync-binlog=1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private interface Use {
        void of(HikariDataSource pool);
    }

    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(server.newDatabase());
        pool.setUsername(MySqlServer.USER);
        pool.setMaximumPoolSize(1);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return pool;
    }

    private static void check(Use change) {
        try (HikariDataSource pool = pool()) {
            change.of(pool);
            DatabaseConfiguration.setUp(pool, SETTINGS);
            new JdbcServerCheck(new JdbcTemplate(pool)).run();
        }
    }

    private static void with(String setting, String usual, Runnable check) throws SQLException {
        String name = setting.substring(0, setting.indexOf('='));
        server.execute("SET GLOBAL " + setting);
        try {
            check.run();
        } finally {
            server.execute("SET GLOBAL " + name + "=" + usual);
        }
    }

    @Test
    void setsOnEveryConnectionWhatTheServerHasOtherwise(CapturedOutput output) {
        check(pool -> {});

        // Other classes of this process may still log: their contexts are cached.
        assertThat(output.getAll().lines().filter(line -> line.contains(JdbcServerCheck.class.getSimpleName())))
                .isNotEmpty()
                .allMatch(line -> line.contains("MySQL 8.0.33, READ COMMITTED, UTC, utf8mb4"));
        try (HikariDataSource pool = pool()) {
            DatabaseConfiguration.setUp(pool, SETTINGS);
            JdbcTemplate jdbc = new JdbcTemplate(pool);
            assertThat(jdbc.queryForObject("SELECT '한글 🍊'", String.class)).isEqualTo("한글 🍊");
            assertThat(jdbc.queryForObject("SELECT @@innodb_lock_wait_timeout", Long.class))
                    .isEqualTo(2);
        }
    }

    @Test
    void refusesAnotherIsolation() {
        assertThatThrownBy(() -> check(pool -> pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ")))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("REPEATABLE-READ");
    }

    @Test
    void refusesAnotherTimeZoneAndLaxColumns() {
        assertThatThrownBy(() -> check(pool -> pool.setConnectionInitSql("SET time_zone = '+09:00'")))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("UTC");
        assertThatThrownBy(() -> check(pool -> pool.setConnectionInitSql("SET sql_mode = ''")))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("STRICT_TRANS_TABLES");
    }

    @Test
    void letsAMigrationTakeLongerThanAnOrder() {
        try (HikariDataSource pool = pool()) {
            pool.addDataSourceProperty("socketTimeout", "1000");
            Flyway flyway = Flyway.configure()
                    .dataSource(pool)
                    .initSql("SELECT SLEEP(2)")
                    .load();

            DatabaseConfiguration.migrate(flyway, SETTINGS);

            assertThatThrownBy(() -> new JdbcTemplate(pool).queryForObject("SELECT SLEEP(2)", Long.class))
                    .as("the connections are as they were")
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void refusesADriverThatCutsOffMilliseconds() {
        assertThatThrownBy(() -> check(pool -> pool.addDataSourceProperty("sendFractionalSeconds", "false")))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("truncates times");
    }

    @Test
    void refusesAReplica() throws SQLException {
        with("read_only=1", "0", () -> assertThatThrownBy(() -> check(pool -> {}))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("read-only"));
    }

    @Test
    void waitsForAServerThatBecomesWritable(CapturedOutput output) throws SQLException {
        try (HikariDataSource pool = pool()) {
            DatabaseConfiguration.setUp(pool, SETTINGS);
            server.execute("SET GLOBAL read_only=1");
            JdbcStartWait wait = new JdbcStartWait("the test's server", Duration.ofSeconds(30));
            wait.until(() -> {
                try {
                    new JdbcServerCheck(new JdbcTemplate(pool)).run();
                } finally {
                    makeWritable();
                }
            });
        } finally {
            makeWritable();
        }
        assertThat(output.getAll())
                .contains("Waiting for the database at the test's server: The database server is read-only")
                .contains("The database at the test's server responds");
    }

    private static void makeWritable() {
        try {
            server.execute("SET GLOBAL read_only=0");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void doesNotWaitForARightPassword() {
        try (HikariDataSource pool = pool()) {
            pool.setUsername("nobody");
            DatabaseConfiguration.setUp(pool, SETTINGS);
            JdbcStartWait wait = new JdbcStartWait("the test's server", Duration.ofDays(1));
            assertThatThrownBy(() -> wait.until(new JdbcServerCheck(new JdbcTemplate(pool))::run))
                    .isInstanceOf(CannotGetJdbcConnectionException.class)
                    .hasStackTraceContaining("Access denied");
        }
    }

    /** Of {@code deploy/haproxy}: without Group Replication there is no primary. */
    @Test
    void understandsTheQuestionOfTheProxyToThePrimary() throws IOException {
        String script = Files.readString(Path.of("deploy/haproxy/primary-check"));
        String question = script.substring(script.indexOf("SELECT COUNT"), script.indexOf("\"\nanswer="));
        try (HikariDataSource pool = pool()) {
            assertThat(new JdbcTemplate(pool).queryForObject(question, Long.class))
                    .isZero();
        }
    }

    @Test
    void refusesAStatementBinaryLog() throws SQLException {
        with("binlog_format='STATEMENT'", "'ROW'", () -> assertThatThrownBy(() -> check(pool -> {}))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("STATEMENT"));
    }

    @Test
    void warnsLoudlyWhereACrashLosesOrders(CapturedOutput output) throws SQLException {
        with("innodb_flush_log_at_trx_commit=2", "1", () -> check(pool -> {}));
        assertThat(output.getAll()).contains("WARN").contains("innodb_flush_log_at_trx_commit IS NOT 1");

        with("sync_binlog=0", "1", () -> check(pool -> {}));
        assertThat(output.getAll()).contains("sync_binlog is not 1");
    }
}
