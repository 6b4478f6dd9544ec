package kr.hhplus.commerce.reconciliation;

import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Compares two sets of claims in constant memory, by a sum of seeded 64-bit fingerprints per bucket of orders. Equal
 * sets cancel out to 0; different ones do so with a probability of 2^-64, independently for each reconciliation.
 */
final class SetDigest {

    private static final int BUCKETS = 4_096;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final long[] sums = new long[BUCKETS];

    void add(LedgerClaim claim, int sign) {
        long fingerprint = mix(seed ^ claim.kind().hashCode());
        fingerprint = mix(fingerprint ^ claim.orderId());
        fingerprint = mix(fingerprint ^ claim.userId());
        fingerprint = mix(fingerprint ^ claim.amount());
        sums[bucket(claim)] += sign * fingerprint;
    }

    /** The buckets whose claims do not cancel out. */
    BitSet unbalanced() {
        BitSet buckets = new BitSet(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            buckets.set(i, sums[i] != 0);
        }
        return buckets;
    }

    int bucket(LedgerClaim claim) {
        return (int) (mix(seed + claim.orderId()) & (BUCKETS - 1));
    }

    /** SplitMix64: one step of its counter, so that 0 does not map to 0, and its finalizer. */
    static long mix(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
