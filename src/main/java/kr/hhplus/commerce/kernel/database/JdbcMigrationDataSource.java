package kr.hhplus.commerce.kernel.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections for migrations, with a longer network timeout: building an index over ten million orders takes longer
 * than any order may wait.
 */
final class JdbcMigrationDataSource extends DelegatingDataSource {

    private final int timeoutMillis;

    JdbcMigrationDataSource(DataSource database, Duration timeout) {
        super(database);
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /** The pool resets the timeout when the connection is closed. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        connection.setNetworkTimeout(Runnable::run, timeoutMillis);
        return connection;
    }
}
