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

/** Asks a MySQL or MariaDB server, once at start-up, whether it is what the service's promises rest on. */
final class JdbcServerCheck {

    private static final Logger log = LoggerFactory.getLogger(JdbcServerCheck.class);
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");
    private static final long PACKET_MIN = 4 << 20;

    private final JdbcTemplate jdbc;

    JdbcServerCheck(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws DatabaseRefusedException where a promise could not be kept; what only weakens one is a warning */
    void run() {
        String version = variable("version");
        boolean mariaDb = version.contains("MariaDB");
        requireVersion(version, mariaDb);
        require(
                keepsMilliseconds(),
                "The JDBC driver cuts times off at the second.",
                mariaDb
                        ? "Begin spring.datasource.url with jdbc:mariadb: instead of jdbc:mysql:."
                        : "Leave sendFractionalSeconds out of spring.datasource.url.");
        String isolation = mariaDb && !exists("transaction_isolation") ? "tx_isolation" : "transaction_isolation";
        require(
                variable("session." + isolation).equals("READ-COMMITTED"),
                "The connections run at isolation level " + variable("session." + isolation) + ", not READ-COMMITTED.",
                "Leave spring.datasource.hikari.transaction-isolation as it was.");
        require(
                number("SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW())") == 0,
                "The connections do not run in UTC.",
                "Leave spring.datasource.hikari.connection-init-sql to the service.");
        require(
                variable("session.character_set_connection").equals("utf8mb4"),
                "The connections speak " + variable("session.character_set_connection") + ", not utf8mb4.",
                "Leave characterEncoding and connectionCollation out of spring.datasource.url.");
        require(
                variable("session.sql_mode").contains("STRICT_TRANS_TABLES"),
                "The connections take values that do not fit: sql_mode is without STRICT_TRANS_TABLES.",
                "Leave spring.datasource.hikari.connection-init-sql to the service.");
        if (isOn("global.read_only")) {
            // A cluster that elects its primary is read-only for a moment.
            throw new DatabaseRefusedException(
                    "The database server is read-only: a replica, or a primary that was demoted.",
                    "Point spring.datasource.url at the primary.",
                    true);
        }
        boolean binaryLog = isOn("global.log_bin");
        require(
                !binaryLog || !variable("session.binlog_format").equals("STATEMENT"),
                "The binary log has the format STATEMENT, which READ COMMITTED cannot write to.",
                "Set binlog_format=ROW on the database server.");
        weaknesses(binaryLog).forEach(log::warn);
        log.info("{} {}, READ COMMITTED, UTC, utf8mb4", mariaDb ? "MariaDB" : "MySQL", version);
    }

    /** CHECK constraints hold from MySQL 8.0.16 on, SKIP LOCKED from MariaDB 10.6 on. */
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

    /** MySQL's own driver takes MariaDB before 11 for MySQL 5.5, which had no fractions. */
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
