package kr.hhplus.commerce.reconciliation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Runs many statements against one snapshot of the database, while other transactions go on writing. Uses one read-only
 * transaction on a dedicated connection and restores the connection's settings afterwards.
 */
@Component
class JdbcSnapshots {

    /**
     * H2's isolation level SNAPSHOT, for which JDBC has no constant. H2's REPEATABLE READ takes the snapshot of each
     * table when the table is first read; InnoDB's takes one snapshot of all tables at the first read.
     */
    private static final int H2_SNAPSHOT = 6;

    private final DataSource database;

    private final Settings settings;

    JdbcSnapshots(DataSource database, Settings settings) {
        this.database = database;
        this.settings = settings;
    }

    /**
     * Settings of reconciliation.
     *
     * @param responseTimeout the socket timeout of a statement that reads whole tables
     */
    @ConfigurationProperties("commerce.reconciliation")
    record Settings(@DefaultValue("1h") Duration responseTimeout) {

        Settings {
            if (responseTimeout.toMillis() < 1) {
                throw new IllegalArgumentException("commerce.reconciliation.response-timeout must be at least 1ms");
            }
        }
    }

    void read(Consumer<JdbcTemplate> reader) {
        try (Connection connection = database.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            int networkTimeoutMillis = connection.getNetworkTimeout();
            boolean h2 = "H2".equals(connection.getMetaData().getDatabaseProductName());
            try {
                connection.setNetworkTimeout(
                        Runnable::run,
                        Math.toIntExact(settings.responseTimeout().toMillis()));
                connection.setReadOnly(true);
                connection.setTransactionIsolation(h2 ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                reader.accept(new JdbcTemplate(new SingleConnectionDataSource(connection, true)));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(isolation);
                connection.setReadOnly(false);
                connection.setNetworkTimeout(Runnable::run, networkTimeoutMillis);
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(
                    "cannot read a snapshot of the database for reconciliation", e);
        }
    }
}
