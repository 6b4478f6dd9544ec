package kr.hhplus.commerce.console.dashboard;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Cumulative histogram counts of latencies. The difference between two instants yields the percentiles in between.
 *
 * @param counts responses within each upper bound, by the bound in milliseconds
 */
record LatencyBuckets(NavigableMap<Double, Double> counts) {

    static final LatencyBuckets NONE = new LatencyBuckets(new TreeMap<>());

    LatencyBuckets plus(LatencyBuckets other) {
        NavigableMap<Double, Double> sum = new TreeMap<>(counts);
        other.counts.forEach((bound, count) -> sum.merge(bound, count, Double::sum));
        return new LatencyBuckets(sum);
    }

    /**
     * Computes a percentile of the responses since an earlier instant.
     *
     * @return milliseconds, interpolated linearly within a bucket; null if there were no responses
     */
    Double percentileSince(LatencyBuckets before, double quantile) {
        if (counts.isEmpty()) {
            return null;
        }
        double all = counts.lastEntry().getValue() - before.at(counts.lastKey());
        if (all <= 0) {
            return null;
        }
        double rank = quantile * all;
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
            double upTo = bucket.getValue() - before.at(bucket.getKey());
            if (upTo >= rank && upTo > below) {
                return lower + (bucket.getKey() - lower) * (rank - below) / (upTo - below);
            }
            lower = bucket.getKey();
            below = upTo;
        }
        return lower;
    }

    private double at(Double bound) {
        return counts.getOrDefault(bound, 0.0);
    }
}
