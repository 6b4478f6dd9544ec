package kr.hhplus.commerce.testkit.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.UUID;

/**
 * A new, empty database for a test: H2 in memory, or, in the runs of the build that say
 * {@code -Dtests.database=mysql}, one on the MySQL server that all of them share. With
 * {@code -Dtests.server=jdbc:mariadb://host:port} that is a server which runs already and lets root in.
 */
public record TestDatabase(String url, String user) {

    public static final boolean ON_MYSQL = "mysql".equals(System.getProperty("tests.database"));

    private static final String SERVER = System.getProperty("tests.server", "");

    public static TestDatabase create() {
        return ON_MYSQL
                ? new TestDatabase(
                        SERVER.isEmpty() ? RealServers.mySql().newDatabase() : newDatabaseOnServer(), MySqlServer.USER)
                : new TestDatabase(
                        "jdbc:h2:mem:" + UUID.randomUUID()
                                + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;"
                                + "DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=2000",
                        "sa");
    }

    private static String newDatabaseOnServer() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        return SERVER + "/" + name + "?createDatabaseIfNotExist=true";
    }

    /** A database with the migrated schema and no other rows than its, and a pool for it as the service has. */
    public static HikariDataSource migrated() {
        return MigratedDatabases.open();
    }

    /** A pool with these settings for this database, set up as the service sets up its own. */
    public HikariDataSource pool(HikariConfig settings) {
        return pool(settings, new HikariDataSource());
    }

    HikariDataSource pool(HikariConfig settings, HikariDataSource pool) {
        settings.setJdbcUrl(url);
        settings.setUsername(user);
        settings.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        if (ON_MYSQL) {
            settings.addDataSourceProperty("rewriteBatchedStatements", "true");
            settings.addDataSourceProperty("connectionTimeZone", "UTC");
            settings.addDataSourceProperty("forceConnectionTimeZoneToSession", "true");
            settings.setConnectionInitSql("SET SESSION innodb_lock_wait_timeout = 2, sql_mode = 'STRICT_TRANS_TABLES'");
        }
        settings.copyStateTo(pool);
        return pool;
    }
}
