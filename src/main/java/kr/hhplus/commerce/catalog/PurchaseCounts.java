package kr.hhplus.commerce.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.database.JdbcRows;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How many pieces of a product each user holds across all paid orders, for products with a purchase limit: one row per
 * user and product, so that an order reads as many rows as it has lines, however many orders came before it.
 *
 * <p>The rows need no locks of their own. Every order and cancellation holds the locks of the user's wallet and of its
 * products before it reads here, so that no two of them meet at one row. No order is decided on what
 * {@link PurchaseScan} adds before it is complete.
 */
@Repository
public class PurchaseCounts {

    private static final RowTable TABLE = new RowTable("purchase_count", 55, "user_id", "product_id");

    private final JdbcClient sql;
    private final JdbcTemplate batches;

    PurchaseCounts(JdbcClient sql, JdbcTemplate batches) {
        this.sql = sql;
        this.batches = batches;
    }

    /** A user's pieces of one product, across all paid orders. */
    public record Holding(long userId, long productId) implements Comparable<Holding> {

        @Override
        public int compareTo(Holding other) {
            int byUser = Long.compare(userId, other.userId);
            return byUser != 0 ? byUser : Long.compare(productId, other.productId);
        }
    }

    /** A product whose earlier orders are being counted: events after the position up to {@code until} are to come. */
    record Scan(long productId, long position, long until) {}

    /** What {@link #add} locks; the row may be missing. */
    public static RowKey rowOf(long userId, long productId) {
        return TABLE.row(userId, productId);
    }

    /** Those that there are; a missing one is 0. */
    public Map<Holding, Long> find(Collection<Holding> wanted) {
        Map<Holding, Long> found = new HashMap<>();
        if (!wanted.isEmpty()) {
            // Pairs, not two lists: H2 would read every product that these users have ever bought.
            sql.sql("SELECT user_id, product_id, quantity FROM purchase_count WHERE (user_id, product_id) IN (:pairs)")
                    .param(
                            "pairs",
                            wanted.stream()
                                    .map(holding -> new Object[] {holding.userId(), holding.productId()})
                                    .toList())
                    .query(row -> {
                        found.put(
                                new Holding(row.getLong("user_id"), row.getLong("product_id")),
                                row.getLong("quantity"));
                    });
        }
        return found;
    }

    /** Adds to the counts, in the transaction of the orders; in ascending order, as every writer does. */
    public void add(SortedMap<Holding, Long> pieces) {
        JdbcRows rows = new JdbcRows(
                batches,
                "purchase_count (user_id, product_id, quantity)",
                "ON DUPLICATE KEY UPDATE quantity = quantity + VALUES(quantity)");
        pieces.forEach((holding, quantity) -> {
            if (quantity != 0) {
                rows.row().numbers(holding.userId(), holding.productId(), quantity);
            }
        });
        rows.execute();
    }

    /** Lets the scan add what events up to {@code until} say of a product. */
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

    /** Moves the scans of these products on. @return whether all of them stood at {@code from} */
    boolean advance(Collection<Long> productIds, long from, long to) {
        return sql.sql("UPDATE purchase_scan SET position = :to WHERE product_id IN (:ids) AND position = :from")
                        .param("to", to)
                        .param("ids", productIds)
                        .param("from", from)
                        .update()
                == productIds.size();
    }

    /** @return whether this call has closed it: it was there, and complete */
    boolean closeScan(long productId) {
        return sql.sql("DELETE FROM purchase_scan WHERE product_id = ? AND position >= until_position")
                        .param(productId)
                        .update()
                == 1;
    }
}
