package kr.hhplus.commerce.console.dashboard;

import java.util.Map;
import java.util.TreeMap;

/**
 * Meter readings at one instant, cumulative since the server started.
 *
 * @param refusals by error code
 * @param batches attempts to commit orders
 * @param batched orders in these batches
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

    /** Returns refusals per second, by code; a code without refusals is absent. */
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

    /** Returns the mean batch size; null if there was no batch. */
    Double batchSince(MeterTotals before) {
        double attempts = batches - before.batches;
        return attempts > 0 ? (batched - before.batched) / attempts : null;
    }
}
