package db.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * Counts the purchases of every product that has a purchase limit, from all paid orders. In Java, because H2 cannot
 * look into JSON; without classes of the application, because a migration must not change with them.
 *
 * <p>Orders are read by their key, a bounded number at a time, and each chunk is committed. Killed half-way, it starts
 * over.
 */
public class V7_1__Count_purchases extends BaseJavaMigration {

    /** An order may be 40 KB of lines. */
    private static final int ORDERS_AT_ONCE = 500;

    private static final int ROWS_PER_STATEMENT_MAX = 1_000;

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }

    @Override
    public void migrate(Context context) throws SQLException, IOException {
        Connection connection = context.getConnection();
        Set<Long> products = new HashSet<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM purchase_count");
            try (ResultSet rows = statement.executeQuery("SELECT id FROM product WHERE purchase_limit IS NOT NULL")) {
                while (rows.next()) {
                    products.add(rows.getLong(1));
                }
            }
        }
        if (!products.isEmpty()) {
            count(connection, products);
        }
    }

    private void count(Connection connection, Set<Long> products) throws SQLException, IOException {
        String select =
                "SELECT id, user_id, status, items FROM orders WHERE id > ? ORDER BY id LIMIT " + ORDERS_AT_ONCE;
        try (PreparedStatement chunk = connection.prepareStatement(select);
                Statement statement = connection.createStatement()) {
            long last = Long.MIN_VALUE;
            int read;
            do {
                Map<String, Long> pieces = new TreeMap<>();
                read = 0;
                chunk.setLong(1, last);
                try (ResultSet rows = chunk.executeQuery()) {
                    while (rows.next()) {
                        last = rows.getLong(1);
                        read++;
                        if (rows.getString(3).equals("PAID")) {
                            add(pieces, rows.getLong(2), rows.getString(4), products);
                        }
                    }
                }
                write(statement, pieces);
            } while (read == ORDERS_AT_ONCE);
            // Not before every count is there: the limits bind from here on.
            statement.execute("UPDATE product SET purchase_counting = 'COUNTED' WHERE purchase_limit IS NOT NULL");
        }
    }

    private void add(Map<String, Long> pieces, long user, String items, Set<Long> products) throws IOException {
        for (JsonNode item : json.readTree(items)) {
            long product = item.required("productId").longValue();
            if (products.contains(product)) {
                pieces.merge(user + "," + product, item.required("quantity").longValue(), Long::sum);
            }
        }
    }

    private static void write(Statement statement, Map<String, Long> pieces) throws SQLException {
        StringBuilder rows = new StringBuilder();
        int waiting = 0;
        for (Map.Entry<String, Long> entry : pieces.entrySet()) {
            rows.append(rows.isEmpty() ? "(" : ",(").append(entry.getKey());
            rows.append(',').append(entry.getValue()).append(')');
            if (++waiting == ROWS_PER_STATEMENT_MAX) {
                insert(statement, rows);
                waiting = 0;
            }
        }
        if (waiting > 0) {
            insert(statement, rows);
        }
    }

    private static void insert(Statement statement, StringBuilder rows) throws SQLException {
        statement.execute("INSERT INTO purchase_count (user_id, product_id, quantity) VALUES " + rows
                + " ON DUPLICATE KEY UPDATE quantity = quantity + VALUES(quantity)");
        rows.setLength(0);
    }
}
