package kr.hhplus.commerce.kernel.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections for migrations: an index over ten million orders takes longer than any order may wait. */
final class JdbcMigrationDataSource extends DelegatingDataSource {

    private final int answerWaitMillis;

    JdbcMigrationDataSource(DataSource database, Duration answerWait) {
        super(database);
        this.answerWaitMillis = Math.toIntExact(answerWait.toMillis());
    }

    /** The pool takes the time-out back when the connection is closed. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        connection.setNetworkTimeout(Runnable::run, answerWaitMillis);
        return connection;
    }
}
