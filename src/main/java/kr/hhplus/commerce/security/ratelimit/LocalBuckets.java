package kr.hhplus.commerce.security.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import java.security.SecureRandom;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Token buckets in arrays that are allocated once, 16 bytes for each. A bucket is the instant at which it is full again
 * (the generic cell rate algorithm). A key is known by 64 bits of a hash and has {@link #WAYS} possible places. If all
 * are taken, the bucket that would be full first makes room, and starts full again.
 */
final class LocalBuckets {

    private static final int WAYS = 8;
    private static final int LOCKS = 64;
    private static final long FREE = 0;

    /** Secret, so that nobody can choose keys for the places of another caller. */
    private static final long SEED = new SecureRandom().nextLong();

    private final LongSupplier nanoTime;
    private final long[] hashes;
    private final long[] fullAtNanos;
    private final Object[] locks =
            IntStream.range(0, LOCKS).mapToObj(number -> new Object()).toArray();

    /**
     * Creates the buckets.
     *
     * @param keysMax keys that fit; rounded up to a power of two
     */
    LocalBuckets(int keysMax, LongSupplier nanoTime) {
        int places = Math.max(WAYS, Integer.highestOneBit(keysMax - 1) << 1);
        this.nanoTime = nanoTime;
        this.hashes = new long[places];
        this.fullAtNanos = new long[places];
    }

    /** Takes one token. A key has the same rate each time. */
    ConsumptionProbe take(String key, Rate rate) {
        long hash = hash(key);
        int set = set(hash);
        synchronized (lock(set)) {
            long now = nanoTime.getAsLong();
            int place = place(set, hash, now);
            long untilFull = hashes[place] == hash ? Math.max(0, fullAtNanos[place] - now) : 0;
            long afterTaking = untilFull + rate.nanosPerToken();
            if (afterTaking > rate.nanosPerBurst()) {
                return ConsumptionProbe.rejected(0, afterTaking - rate.nanosPerBurst(), untilFull);
            }
            hashes[place] = hash;
            fullAtNanos[place] = now + afterTaking;
            return ConsumptionProbe.consumed((rate.nanosPerBurst() - afterTaking) / rate.nanosPerToken(), afterTaking);
        }
    }

    /** Puts one token back. */
    void giveBack(String key, Rate rate) {
        long hash = hash(key);
        int set = set(hash);
        synchronized (lock(set)) {
            int place = place(set, hash, nanoTime.getAsLong());
            if (hashes[place] == hash) {
                fullAtNanos[place] -= rate.nanosPerToken();
            }
        }
    }

    /** Returns the number of buckets that are not full. */
    long size() {
        long now = nanoTime.getAsLong();
        return IntStream.range(0, hashes.length)
                .filter(place -> hashes[place] != FREE && fullAtNanos[place] - now > 0)
                .count();
    }

    /** Returns the place of the key, or the one that it may take. */
    private int place(int set, long hash, long now) {
        int first = set;
        for (int place = set; place < set + WAYS; place++) {
            if (hashes[place] == hash) {
                return place;
            }
            boolean free = hashes[place] == FREE;
            if (free || hashes[first] != FREE && fullAtNanos[place] - now < fullAtNanos[first] - now) {
                first = place;
            }
        }
        return first;
    }

    /** Returns the first of the places of a hash. */
    private int set(long hash) {
        return (int) (hash >>> 16) & (hashes.length - 1) & -WAYS;
    }

    private Object lock(int set) {
        return locks[set / WAYS % LOCKS];
    }

    private static long hash(String key) {
        long hash = SEED;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash == FREE ? 1 : hash;
    }
}
