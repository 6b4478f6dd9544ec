package kr.hhplus.commerce.reconciliation;

import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whether claims and counterclaims cancel out, in constant memory: a sum of keyed 64-bit fingerprints per bucket of
 * orders. Equal sets always do; others by chance once in 2^64, anew for every audit.
 */
final class SetDigest {

    private static final int BUCKETS = 4_096;

    private final long key = ThreadLocalRandom.current().nextLong();
    private final long[] sums = new long[BUCKETS];

    void add(LedgerClaim claim, int sign) {
        long print = mixed(key ^ claim.kind().hashCode());
        print = mixed(print ^ claim.order());
        print = mixed(print ^ claim.user());
        print = mixed(print ^ claim.amount());
        sums[bucket(claim)] += sign * print;
    }

    /** The buckets of which at least one order's claims do not cancel out. */
    BitSet unbalanced() {
        BitSet buckets = new BitSet(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            buckets.set(i, sums[i] != 0);
        }
        return buckets;
    }

    int bucket(LedgerClaim claim) {
        return (int) (mixed(key + claim.order()) & (BUCKETS - 1));
    }

    // The finalizer of SplitMix64, after a step that keeps zero from staying zero.
    static long mixed(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
