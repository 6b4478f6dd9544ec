package kr.hhplus.commerce.console.dashboard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Reads this instance's meters, which count for the console as they do for Prometheus. Counts nothing by itself. */
@Component
class MeterReader {

    /** Where orders and coupons come in, and the status of a yes: the API's and the shop's pages. */
    private static final List<Door> ORDERS = List.of(new Door("/orders", "201"), new Door("/shop/checkout", "303"));

    private static final List<Door> COUPONS =
            List.of(new Door("/coupons/issue", "201"), new Door("/shop/coupons/{campaignId}", "303"));

    private static final String REQUESTS = "http.server.requests";

    private final MeterRegistry registry;

    MeterReader(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Door(String uri, String status) {}

    MeterTotals totals() {
        DistributionSummary batches = registry.find("commerce.groupcommit.batch.size")
                .tag("queue", "order")
                .summary();
        return new MeterTotals(
                System.nanoTime(),
                answered(ORDERS),
                answered(COUPONS),
                refusals(),
                batches == null ? 0 : batches.count(),
                batches == null ? 0 : batches.totalAmount(),
                latencies());
    }

    /** Commands that wait in a lane at this moment. */
    long queue(String lane) {
        return (long) gauge(registry.find("commerce.groupcommit.queue.depth")
                .tag("queue", lane)
                .gauge());
    }

    /** Pages that listen at this moment. */
    long listeners() {
        return (long) gauge(registry.find("commerce.live.connections").gauge());
    }

    private static double gauge(Gauge gauge) {
        return gauge == null || Double.isNaN(gauge.value()) ? 0 : gauge.value();
    }

    private List<Timer> timers(Door door) {
        return List.copyOf(registry.find(REQUESTS)
                .tags("method", "POST", "uri", door.uri(), "status", door.status())
                .timers());
    }

    private double answered(List<Door> doors) {
        return doors.stream()
                .flatMap(door -> timers(door).stream())
                .mapToDouble(Timer::count)
                .sum();
    }

    private Map<String, Double> refusals() {
        Map<String, Double> refusals = new HashMap<>();
        for (Counter counter : registry.find("commerce.refusals").counters()) {
            refusals.merge(counter.getId().getTag("code"), counter.count(), Double::sum);
        }
        return refusals;
    }

    private LatencyBuckets latencies() {
        return ORDERS.stream()
                .flatMap(door -> timers(door).stream())
                .map(MeterReader::buckets)
                .reduce(LatencyBuckets.NONE, LatencyBuckets::plus);
    }

    private static LatencyBuckets buckets(Timer timer) {
        TreeMap<Double, Double> counts = new TreeMap<>();
        for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
            counts.put(bucket.bucket(TimeUnit.MILLISECONDS), bucket.count());
        }
        return new LatencyBuckets(counts);
    }
}
