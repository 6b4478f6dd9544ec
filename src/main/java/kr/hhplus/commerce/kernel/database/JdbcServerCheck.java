package kr.hhplus.commerce.kernel.database;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Checks once at the start that a MySQL or MariaDB server has the settings that the service's promises require. */
final class JdbcServerCheck {

    private static final Logger log = LoggerFactory.getLogger(JdbcServerCheck.class);
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");
    private static final long PACKET_MIN = 4 << 20;

    private final JdbcTemplate jdbc;

    JdbcServerCheck(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Checks the server. Logs a warning for a setting that only weakens a promise.
     *
     * @throws DatabaseRefusedException if a setting breaks a promise
     */
    void run() {
        String version = variable("version");
        boolean mariaDb = version.contains("MariaDB");
        requireVersion(version, mariaDb);
        require(
                keepsMilliseconds(),
                "The JDBC driver truncates times to seconds.",
                mariaDb
                        ? "Start spring.datasource.url with jdbc:mariadb: instead of jdbc:mysql:."
                        : "Remove sendFractionalSeconds from spring.datasource.url.");
        String isolation = mariaDb && !exists("transaction_isolation") ? "tx_isolation" : "transaction_isolation";
        require(
                variable("session." + isolation).equals("READ-COMMITTED"),
                "The connections run at isolation level " + variable("session." + isolation) + ", not READ-COMMITTED.",
                "Restore the default of spring.datasource.hikari.transaction-isolation.");
        require(
                number("SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW())") == 0,
                "The connections do not run in UTC.",
                "Remove spring.datasource.hikari.connection-init-sql. The service sets it.");
        require(
                variable("session.character_set_connection").equals("utf8mb4"),
                "The connections use " + variable("session.character_set_connection") + ", not utf8mb4.",
                "Remove characterEncoding and connectionCollation from spring.datasource.url.");
        require(
                variable("session.sql_mode").contains("STRICT_TRANS_TABLES"),
                "The connections accept values that do not fit: sql_mode does not contain STRICT_TRANS_TABLES.",
                "Remove spring.datasource.hikari.connection-init-sql. The service sets it.");
        if (isOn("global.read_only")) {
            // A cluster is read-only for a moment while it elects its primary.
            throw new DatabaseRefusedException(
                    "The database server is read-only: a replica, or a primary that was demoted.",
                    "Point spring.datasource.url at the primary.",
                    true);
        }
        boolean binaryLog = isOn("global.log_bin");
        require(
                !binaryLog || !variable("session.binlog_format").equals("STATEMENT"),
                "The binary log has the format STATEMENT, which READ COMMITTED does not support.",
                "Set binlog_format=ROW on the database server.");
        weaknesses(binaryLog).forEach(log::warn);
        log.info("{} {}, READ COMMITTED, UTC, utf8mb4", mariaDb ? "MariaDB" : "MySQL", version);
    }

    /** MySQL enforces CHECK constraints from 8.0.16. MariaDB supports SKIP LOCKED from 10.6. */
    private static void requireVersion(String version, boolean mariaDb) {
        Matcher number = VERSION.matcher(version);
        long found = number.matches()
                ? Long.parseLong(number.group(1)) * 1_000_000
                        + Long.parseLong(number.group(2)) * 1_000
                        + Long.parseLong(number.group(3))
                : Long.MAX_VALUE;
        require(
                found >= (mariaDb ? 10_006_000 : 8_000_016),
                "The database server is too old: " + version + ".",
                "Use MySQL 8.0.16 or later, or MariaDB 10.6 or later.");
    }

    private List<String> weaknesses(boolean binaryLog) {
        List<String> weak = new ArrayList<>();
        if (number("SELECT @@global.innodb_flush_log_at_trx_commit") != 1) {
            weak.add(
                    "innodb_flush_log_at_trx_commit IS NOT 1: THE DATABASE ACKNOWLEDGES ORDERS BEFORE THEY ARE ON DISK,"
                            + " AND A CRASH OF ITS MACHINE LOSES THEM. Set it to 1.");
        }
        if (binaryLog && number("SELECT @@global.sync_binlog") != 1) {
            weak.add("sync_binlog is not 1: after a crash of the database's machine replicas and point-in-time"
                    + " recovery may miss acknowledged orders. Set it to 1.");
        }
        if (!isOn("global.innodb_doublewrite")
                && !variable("global.innodb_doublewrite").startsWith("DETECT")) {
            weak.add(
                    "innodb_doublewrite is off: a power cut may leave torn pages, unless the file system prevents it.");
        }
        if (number("SELECT @@global.max_allowed_packet") < PACKET_MIN) {
            weak.add("max_allowed_packet is below 4 MB: the statement of a large batch may not fit.");
        }
        return weak;
    }

    /** MySQL's driver treats MariaDB before 11 as MySQL 5.5, which had no fractional seconds. */
    private boolean keepsMilliseconds() {
        LocalDateTime withMillis = LocalDateTime.of(2000, 1, 1, 0, 0).plus(Duration.ofMillis(5));
        return Long.valueOf(5_000).equals(jdbc.queryForObject("SELECT MICROSECOND(?)", Long.class, withMillis));
    }

    private String variable(String name) {
        return String.valueOf(jdbc.queryForObject("SELECT @@" + name, String.class));
    }

    private boolean isOn(String name) {
        return List.of("1", "ON", "TRUE").contains(variable(name));
    }

    private boolean exists(String name) {
        return !jdbc.queryForList("SHOW VARIABLES LIKE '" + name + "'").isEmpty();
    }

    private long number(String query) {
        Long number = jdbc.queryForObject(query, Long.class);
        return number == null ? 0 : number;
    }

    private static void require(boolean holds, String message, String action) {
        if (!holds) {
            throw new DatabaseRefusedException(message, action);
        }
    }
}
