package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.PURCHASES_COUNTED;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Compares every purchase count with the quantity in the user's orders, net of refunds, and in counted open
 * reservations. The first pass compares sums of keyed fingerprints per bucket, weighted by the quantity, in constant
 * memory. Only if they differ, a second pass names the users.
 */
final class PurchaseCountCheck {

    private static final int BUCKETS = 4_096;
    private static final int BUCKETS_EXPLAINED_MAX = 5;
    private static final int ROWS_PER_QUERY = 10_000;

    private final JdbcTemplate jdbc;
    private final ReconciliationFindings findings;
    private final Set<Long> counted = new HashSet<>();
    private final Set<Long> counting = new HashSet<>();
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final long[] sums = new long[BUCKETS];
    private long counts;

    private record Purchases(long userId, long productId) {}

    PurchaseCountCheck(JdbcTemplate jdbc, ReconciliationFindings findings) {
        this.jdbc = jdbc;
        this.findings = findings;
        jdbc.query("SELECT id, purchase_counting FROM product WHERE purchase_counting <> 'NONE'", row -> {
            (row.getString("purchase_counting").equals("COUNTED") ? counted : counting).add(row.getLong("id"));
        });
    }

    /** Adds a line of an order, or a counted item of an open reservation; a negative quantity for what was refunded. */
    void addPurchase(long user, long product, long quantity) {
        if (counted.contains(product)) {
            add(user, product, quantity);
        }
    }

    void report() {
        readCounts((user, product, quantity) -> {
            counts++;
            add(user, product, -quantity);
        });
        BitSet unbalanced = new BitSet(BUCKETS);
        for (int i = 0; i < BUCKETS && unbalanced.cardinality() < BUCKETS_EXPLAINED_MAX; i++) {
            unbalanced.set(i, sums[i] != 0);
        }
        if (!unbalanced.isEmpty()) {
            explain(unbalanced);
        }
        findings.addNote(PURCHASES_COUNTED, counts + " counts of " + counted.size() + " products");
        if (!counting.isEmpty()) {
            findings.addNote(PURCHASES_COUNTED, counting.size() + " products whose earlier orders are being counted");
        }
    }

    private void explain(BitSet unbalanced) {
        Map<Purchases, Long> differences = new HashMap<>();
        OrderLineCheck.Sink sink = (user, product, pieces) -> {
            if (pieces != 0 && unbalanced.get(bucket(user, product))) {
                differences.merge(
                        new Purchases(user, product), pieces, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
            }
        };
        OrderLineCheck.readSold(jdbc, (user, product, quantity) -> {
            if (counted.contains(product)) {
                sink.accept(user, product, -quantity);
            }
        });
        OrderRefundCheck.readItems(jdbc, (user, product, quantity) -> {
            if (counted.contains(product)) {
                sink.accept(user, product, quantity);
            }
        });
        HeldPieces.read(jdbc, (user, product, quantity, counted) -> {
            if (counted && this.counted.contains(product)) {
                sink.accept(user, product, -quantity);
            }
        });
        readCounts(sink);
        differences.forEach((purchases, pieces) -> findings.addViolation(
                PURCHASES_COUNTED,
                "users whose purchase count differs from their paid orders and open reservations",
                "user " + purchases.userId() + " product " + purchases.productId() + " by " + (pieces > 0 ? "+" : "")
                        + pieces));
    }

    /** Reads the counts, except those of products whose earlier orders are still being counted. */
    private void readCounts(OrderLineCheck.Sink sink) {
        String select = "SELECT user_id, product_id, quantity FROM purchase_count WHERE user_id ";
        KeysetScan.scanGroups(
                jdbc,
                select + "> ? ORDER BY user_id, product_id",
                select + "= ? AND product_id > ? ORDER BY product_id",
                ROWS_PER_QUERY,
                row -> {
                    long user = row.getLong("user_id");
                    long product = row.getLong("product_id");
                    if (!counting.contains(product)) {
                        sink.accept(user, product, row.getLong("quantity"));
                    }
                    return new Object[] {user, product};
                });
    }

    private void add(long user, long product, long pieces) {
        // Odd numbers are invertible modulo 2^64, so only a difference of 0 pieces adds up to 0.
        sums[bucket(user, product)] += pieces * (SetDigest.mix(SetDigest.mix(seed ^ user) ^ product) | 1);
    }

    private int bucket(long user, long product) {
        return (int) (SetDigest.mix(SetDigest.mix(seed + user) + product) & (BUCKETS - 1));
    }
}
