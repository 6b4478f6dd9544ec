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
 * Every purchase count against what its user's paid orders hold of the product. One pass in constant memory shows
 * whether they are the same: a sum of keyed fingerprints per bucket, each as often as there are pieces. Only where not,
 * a second one names the users.
 */
final class PurchaseCountCheck {

    private static final int BUCKETS = 4_096;
    private static final int BUCKETS_EXPLAINED_MAX = 5;
    private static final int ROWS_AT_ONCE = 10_000;

    private final JdbcTemplate jdbc;
    private final ReconciliationFindings findings;
    private final Set<Long> counted = new HashSet<>();
    private final Set<Long> counting = new HashSet<>();
    private final long key = ThreadLocalRandom.current().nextLong();
    private final long[] sums = new long[BUCKETS];
    private long counts;

    private record Holding(long user, long product) {}

    PurchaseCountCheck(JdbcTemplate jdbc, ReconciliationFindings findings) {
        this.jdbc = jdbc;
        this.findings = findings;
        jdbc.query("SELECT id, purchase_counting FROM product WHERE purchase_counting <> 'NONE'", row -> {
            (row.getString("purchase_counting").equals("COUNTED") ? counted : counting).add(row.getLong("id"));
        });
    }

    /** Pieces in a paid order. */
    void bought(long user, long product, long quantity) {
        if (counted.contains(product)) {
            add(user, product, quantity);
        }
    }

    void report() {
        counts((user, product, quantity) -> {
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
        findings.fact(PURCHASES_COUNTED, counts + " counts of " + counted.size() + " products");
        if (!counting.isEmpty()) {
            findings.fact(PURCHASES_COUNTED, counting.size() + " products whose earlier orders are being counted");
        }
    }

    private void explain(BitSet unbalanced) {
        Map<Holding, Long> apart = new HashMap<>();
        OrderLineCheck.Sink sink = (user, product, pieces) -> {
            if (pieces != 0 && unbalanced.get(bucket(user, product))) {
                apart.merge(new Holding(user, product), pieces, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
            }
        };
        OrderLineCheck.readPaid(jdbc, (user, product, quantity) -> {
            if (counted.contains(product)) {
                sink.accept(user, product, -quantity);
            }
        });
        counts(sink);
        apart.forEach((holding, pieces) -> findings.fault(
                PURCHASES_COUNTED,
                "users whose purchase count is not what their paid orders hold",
                "user " + holding.user() + " product " + holding.product() + " by " + (pieces > 0 ? "+" : "")
                        + pieces));
    }

    /** All but those of products whose earlier orders are still missing. */
    private void counts(OrderLineCheck.Sink sink) {
        String select = "SELECT user_id, product_id, quantity FROM purchase_count WHERE user_id ";
        KeysetScan.throughGroups(
                jdbc,
                select + "> ? ORDER BY user_id, product_id",
                select + "= ? AND product_id > ? ORDER BY product_id",
                ROWS_AT_ONCE,
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
        // Odd, so that no number of pieces that is off by itself multiplies to 0.
        sums[bucket(user, product)] += pieces * (SetDigest.mixed(SetDigest.mixed(key ^ user) ^ product) | 1);
    }

    private int bucket(long user, long product) {
        return (int) (SetDigest.mixed(SetDigest.mixed(key + user) + product) & (BUCKETS - 1));
    }
}
