package kr.hhplus.commerce.console.dashboard;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the meters had counted at one instant since the server started.
 *
 * @param refusals by error code
 * @param batches attempts to commit orders
 * @param batched commands in them
 */
record MeterTotals(
        long nanos,
        double orders,
        double coupons,
        Map<String, Double> refusals,
        double batches,
        double batched,
        LatencyBuckets latencies) {

    private static final double NANOS = 1e9;

    double secondsSince(MeterTotals before) {
        return (nanos - before.nanos) / NANOS;
    }

    double ordersPerSecond(MeterTotals before) {
        return (orders - before.orders) / secondsSince(before);
    }

    double couponsPerSecond(MeterTotals before) {
        return (coupons - before.coupons) / secondsSince(before);
    }

    /** Of codes that were answered at all. */
    Map<String, Double> refusalsPerSecond(MeterTotals before) {
        Map<String, Double> rates = new TreeMap<>();
        refusals.forEach((code, count) -> {
            double more = count - before.refusals.getOrDefault(code, 0.0);
            if (more > 0) {
                rates.put(code, more / secondsSince(before));
            }
        });
        return rates;
    }

    /** How many were decided together; null where nobody came. */
    Double batchSince(MeterTotals before) {
        double attempts = batches - before.batches;
        return attempts > 0 ? (batched - before.batched) / attempts : null;
    }
}
