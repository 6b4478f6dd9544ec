package kr.hhplus.commerce.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
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

    JdbcSnapshots(DataSource database) {
        this.database = database;
    }

    void read(Consumer<JdbcTemplate> reader) {
        try (Connection connection = database.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            boolean h2 = "H2".equals(connection.getMetaData().getDatabaseProductName());
            try {
                connection.setReadOnly(true);
                connection.setTransactionIsolation(h2 ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                reader.accept(new JdbcTemplate(new SingleConnectionDataSource(connection, true)));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(isolation);
                connection.setReadOnly(false);
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the database cannot be audited", e);
        }
    }
}
