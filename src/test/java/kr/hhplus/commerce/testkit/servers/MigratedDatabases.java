package kr.hhplus.commerce.testkit.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.flywaydb.core.Flyway;

/**
 * Databases with the migrated schema, for tests that want one each: a migration takes a quarter of a second of
 * processor time on H2 and a whole one on MySQL. Flyway migrates one for the run, and the others are copies of it. On
 * MySQL one with a pool comes back when that is closed, and is handed out again with the rows of the migrated one,
 * provided that its tables are still defined alike and nobody holds rows of it.
 */
final class MigratedDatabases {

    private static final Queue<TestDatabase> RETURNED = new ArrayDeque<>();
    private static Migrated migrated;

    private MigratedDatabases() {}

    /** @return a pool for a database in which no test has written */
    static synchronized HikariDataSource open() {
        return migrated().open();
    }

    /** @return one that does not come back, without a pool */
    static synchronized TestDatabase copy() {
        return migrated().copy();
    }

    private static Migrated migrated() {
        if (migrated == null) {
            migrated = TestDatabase.ON_MYSQL ? new MigratedMySql() : new MigratedH2();
        }
        return migrated;
    }

    private static TestDatabase migrate() {
        TestDatabase database = TestDatabase.create();
        try (HikariDataSource pool = database.pool(new HikariConfig())) {
            Flyway.configure().dataSource(pool).load().migrate();
        }
        return database;
    }

    private static List<String> column(Statement statement, String sql, int column) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(column));
            }
        }
        return values;
    }

    private interface Migrated {
        HikariDataSource open();

        TestDatabase copy();
    }

    private static final class MigratedH2 implements Migrated {

        private final List<String> script;

        MigratedH2() {
            TestDatabase database = migrate();
            try (HikariDataSource pool = database.pool(new HikariConfig());
                    Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                script = column(statement, "SCRIPT NOPASSWORDS NOSETTINGS", 1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public TestDatabase copy() {
            TestDatabase database = TestDatabase.create();
            open(database).close();
            return database;
        }

        @Override
        public HikariDataSource open() {
            return open(TestDatabase.create());
        }

        private HikariDataSource open(TestDatabase database) {
            HikariDataSource pool = database.pool(new HikariConfig());
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String each : script) {
                    statement.execute(each);
                }
            } catch (SQLException e) {
                pool.close();
                throw new IllegalStateException(e);
            }
            return pool;
        }
    }

    private static final class MigratedMySql implements Migrated {

        private final String name;
        private final Map<String, String> definitions;

        MigratedMySql() {
            TestDatabase database = migrate();
            try (Connection connection = connect(database);
                    Statement statement = connection.createStatement()) {
                name = connection.getCatalog();
                definitions = definitions(statement);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Connection connect(TestDatabase database) throws SQLException {
            return DriverManager.getConnection(database.url(), database.user(), "");
        }

        /** By table. */
        private static Map<String, String> definitions(Statement statement) throws SQLException {
            Map<String, String> definitions = new LinkedHashMap<>();
            for (String table : column(statement, "SHOW TABLES", 1)) {
                definitions.put(
                        table,
                        column(statement, "SHOW CREATE TABLE " + table, 2).get(0));
            }
            return definitions;
        }

        private static String withoutCounter(String definition) {
            return definition.replaceFirst(" AUTO_INCREMENT=\\d+", "");
        }

        @Override
        public TestDatabase copy() {
            TestDatabase database = TestDatabase.create();
            try (Connection connection = connect(database);
                    Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION foreign_key_checks = 0");
                for (Map.Entry<String, String> table : definitions.entrySet()) {
                    statement.execute(table.getValue());
                    insertRows(statement, table.getKey());
                }
                return database;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void insertRows(Statement statement, String table) throws SQLException {
            statement.execute("INSERT INTO " + table + " SELECT * FROM " + name + "." + table);
        }

        @Override
        public HikariDataSource open() {
            TestDatabase database = RETURNED.isEmpty() ? copy() : RETURNED.remove();
            HikariDataSource pool = new HikariDataSource() {
                @Override
                public void close() {
                    boolean first = !isClosed();
                    super.close();
                    if (first) {
                        takeBack(database);
                    }
                }
            };
            return database.pool(new HikariConfig(), pool);
        }

        private void takeBack(TestDatabase database) {
            try (Connection connection = connect(database);
                    Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION foreign_key_checks = 0, innodb_lock_wait_timeout = 1");
                Map<String, String> now = definitions(statement);
                if (!now.keySet().equals(definitions.keySet())) {
                    return;
                }
                for (Map.Entry<String, String> table : now.entrySet()) {
                    if (!restored(statement, table.getKey(), table.getValue())) {
                        return;
                    }
                }
                synchronized (MigratedDatabases.class) {
                    RETURNED.add(database);
                }
            } catch (SQLException e) {
                // Somebody holds rows of it: it is not handed out again.
            }
        }

        private boolean restored(Statement statement, String table, String now) throws SQLException {
            String before = definitions.get(table);
            if (!withoutCounter(now).equals(withoutCounter(before))) {
                return false;
            }
            statement.execute("DELETE FROM " + table);
            if (!now.equals(before)) {
                statement.execute("ALTER TABLE " + table + " AUTO_INCREMENT = 1");
            }
            insertRows(statement, table);
            return true;
        }
    }
}
