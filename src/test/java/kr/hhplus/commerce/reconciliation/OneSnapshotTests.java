package kr.hhplus.commerce.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@OnDatabase
class OneSnapshotTests {

    @Test
    void seesNoTableNewerThanItsFirstRead() {
        try (ShopTables tables = ShopTables.inOrder()) {
            new JdbcSnapshots(tables.database, ShopTables.SNAPSHOTS).read(snapshot -> {
                long before = stock(snapshot);
                tables.transaction.executeWithoutResult(status -> {
                    tables.write("UPDATE product SET stock = 5 WHERE id = 1");
                    tables.write("UPDATE wallet SET balance = 5 WHERE user_id = 7");
                    tables.write("DELETE FROM coupon");
                });

                assertThat(stock(snapshot)).isEqualTo(before);
                assertThat(balance(snapshot)).isEqualTo(97_800);
                assertThat(snapshot.queryForObject("SELECT COUNT(*) FROM coupon", Long.class))
                        .isEqualTo(3);
            });
            assertThat(balance(tables.jdbc)).isEqualTo(5);
        }
    }

    /** Why H2 gets a level of its own: its REPEATABLE READ is not MySQL's. */
    @Test
    void needsMoreThanRepeatableReadOnH2() throws SQLException {
        try (ShopTables tables = ShopTables.inOrder();
                Connection connection = tables.database.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            JdbcTemplate reader = new JdbcTemplate(
                    new org.springframework.jdbc.datasource.SingleConnectionDataSource(connection, true));
            stock(reader);
            tables.transaction.executeWithoutResult(status -> tables.write("UPDATE wallet SET balance = 5"));

            assertThat(balance(reader)).isEqualTo(TestDatabase.ON_MYSQL ? 97_800 : 5);
        }
    }

    @Test
    void handsTheConnectionBackAsItWas() throws SQLException {
        try (ShopTables tables = ShopTables.empty()) {
            tables.database.setMaximumPoolSize(1);
            new JdbcSnapshots(tables.database, ShopTables.SNAPSHOTS).read(snapshot -> stock(snapshot));
            try (Connection connection = tables.database.getConnection()) {
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.isReadOnly()).isFalse();
            }
        }
    }

    private static long stock(JdbcTemplate jdbc) {
        return jdbc.queryForList("SELECT stock FROM product WHERE id = 1", Long.class).stream()
                .findFirst()
                .orElse(0L);
    }

    private static long balance(JdbcTemplate jdbc) {
        return jdbc.queryForObject("SELECT balance FROM wallet WHERE user_id = 7", Long.class);
    }
}
