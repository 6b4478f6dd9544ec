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
 * Reads of many statements that all see the database as of one instant, while others go on writing: one read-only
 * transaction on a connection of its own, which goes back as it was.
 */
@Component
class JdbcSnapshots {

    /**
     * H2's own level SNAPSHOT, which JDBC has no constant for. Its REPEATABLE READ fixes each table only when it is
     * first read; InnoDB's fixes all of them at the first read.
     */
    private static final int H2_SNAPSHOT = 6;

    private final DataSource database;

    private final Settings settings;

    JdbcSnapshots(DataSource database, Settings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** @param responseTimeout how long one statement over whole tables may take; others have much less */
    @ConfigurationProperties("commerce.reconciliation")
    record Settings(@DefaultValue("1h") Duration responseTimeout) {

        Settings {
            if (responseTimeout.toMillis() < 1) {
                throw new IllegalArgumentException("commerce.reconciliation.response-timeout is 1ms or more");
            }
        }
    }

    void read(Consumer<JdbcTemplate> reader) {
        try (Connection connection = database.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            int answerWaitMillis = connection.getNetworkTimeout();
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
                connection.setNetworkTimeout(Runnable::run, answerWaitMillis);
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the database cannot be audited", e);
        }
    }
}
