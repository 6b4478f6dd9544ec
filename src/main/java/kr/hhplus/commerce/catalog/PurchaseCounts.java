package kr.hhplus.commerce.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores how many pieces of a product each user has bought or reserved, across all paid orders and open reservations,
 * for products that have or had a purchase limit. With one row per user and product, an order reads one row per
 * line, independent of the number of earlier orders.
 *
 * <p>The rows need no locks of their own: each order, cancellation and change of a reservation locks the user's wallet
 * and its products before it reads a row, so no two of them access one row at a time. Orders ignore the counts until
 * {@link PurchaseScan} is complete.
 */
@Repository
public class PurchaseCounts {

    private static final RowTable TABLE = new RowTable("purchase_count", 55, "user_id", "product_id");

    private final JdbcClient sql;
    private final JdbcTemplate jdbc;

    PurchaseCounts(JdbcClient sql, JdbcTemplate jdbc) {
        this.sql = sql;
        this.jdbc = jdbc;
    }

    /** The key of a count: a user and a product. */
    public record PurchaseKey(long userId, long productId) implements Comparable<PurchaseKey> {

        @Override
        public int compareTo(PurchaseKey other) {
            int byUser = Long.compare(userId, other.userId);
            return byUser != 0 ? byUser : Long.compare(productId, other.productId);
        }
    }

    /**
     * The progress of counting a product's earlier orders.
     *
     * @param position the last event that is counted
     * @param until the last event to count
     */
    record Scan(long productId, long position, long until) {}

    /** The row that {@link #add} locks. It may not exist yet. */
    public static RowKey rowOf(long userId, long productId) {
        return TABLE.row(userId, productId);
    }

    /** Returns the counts; a missing one is 0. */
    public Map<PurchaseKey, Long> find(Collection<PurchaseKey> keys) {
        Map<PurchaseKey, Long> found = new HashMap<>();
        if (!keys.isEmpty()) {
            // Pairs, not two lists: for two lists, H2 would read all rows of these users.
            sql.sql("SELECT user_id, product_id, quantity FROM purchase_count WHERE (user_id, product_id) IN (:pairs)")
                    .param(
                            "pairs",
                            keys.stream()
                                    .map(key -> new Object[] {key.userId(), key.productId()})
                                    .toList())
                    .query(row -> {
                        found.put(
                                new PurchaseKey(row.getLong("user_id"), row.getLong("product_id")),
                                row.getLong("quantity"));
                    });
        }
        return found;
    }

    /**
     * Adds to the counts in the transaction of the orders, in ascending order of the keys, so that writers do not
     * deadlock.
     *
     * <p>Each statement has one row; Connector/J sends them as one. With several rows in a statement, H2 would count
     * wrongly: if one row meets a row that another transaction has inserted meanwhile, H2 runs the whole statement
     * again, without undoing the rows that it has added already.
     */
    public void add(SortedMap<PurchaseKey, Long> quantities) {
        jdbc.batchUpdate(
                """
                INSERT INTO purchase_count (user_id, product_id, quantity) VALUES (?, ?, ?)
                ON DUPLICATE KEY UPDATE quantity = quantity + VALUES(quantity)""",
                quantities.entrySet().stream()
                        .filter(count -> count.getValue() != 0)
                        .map(count -> new Object[] {
                            count.getKey().userId(), count.getKey().productId(), count.getValue()
                        })
                        .toList());
    }

    /** Starts the scan of a product's events up to {@code until}. */
    void openScan(long productId, long until) {
        sql.sql("INSERT INTO purchase_scan (product_id, position, until_position) VALUES (?, 0, ?)")
                .params(productId, until)
                .update();
    }

    List<Scan> scans() {
        return sql.sql("SELECT product_id, position, until_position FROM purchase_scan")
                .query((row, number) ->
                        new Scan(row.getLong("product_id"), row.getLong("position"), row.getLong("until_position")))
                .list();
    }

    /**
     * Advances the scans of these products.
     *
     * @return whether the position of all of them was {@code from}
     */
    boolean advance(Collection<Long> productIds, long from, long to) {
        return sql.sql("UPDATE purchase_scan SET position = :to WHERE product_id IN (:ids) AND position = :from")
                        .param("to", to)
                        .param("ids", productIds)
                        .param("from", from)
                        .update()
                == productIds.size();
    }

    /**
     * Deletes a complete scan.
     *
     * @return false if the scan is not complete, or another instance has deleted it
     */
    boolean closeScan(long productId) {
        return sql.sql("DELETE FROM purchase_scan WHERE product_id = ? AND position >= until_position")
                        .param(productId)
                        .update()
                == 1;
    }
}
