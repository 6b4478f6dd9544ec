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

/** Reads this instance's meters, which Prometheus scrapes too. */
@Component
class MeterReader {

    /** The endpoints of orders and coupons in the API and the storefront, with their success status. */
    private static final List<EndpointTags> ORDERS =
            List.of(new EndpointTags("/orders", "201"), new EndpointTags("/shop/checkout", "303"));

    private static final List<EndpointTags> COUPONS =
            List.of(new EndpointTags("/coupons/issue", "201"), new EndpointTags("/shop/coupons/{campaignId}", "303"));

    private static final String REQUESTS = "http.server.requests";

    private final MeterRegistry registry;

    MeterReader(MeterRegistry registry) {
        this.registry = registry;
    }

    private record EndpointTags(String uri, String status) {}

    MeterTotals totals() {
        DistributionSummary batches = registry.find("commerce.groupcommit.batch.size")
                .tag("queue", "order")
                .summary();
        return new MeterTotals(
                System.nanoTime(),
                responses(ORDERS),
                responses(COUPONS),
                refusals(),
                batches == null ? 0 : batches.count(),
                batches == null ? 0 : batches.totalAmount(),
                latencies());
    }

    /** Returns the number of commands in a queue. */
    long queue(String queue) {
        return (long) gauge(registry.find("commerce.groupcommit.queue.depth")
                .tag("queue", queue)
                .gauge());
    }

    /** Returns the number of open event streams. */
    long listeners() {
        return (long) gauge(registry.find("commerce.live.connections").gauge());
    }

    private static double gauge(Gauge gauge) {
        return gauge == null || Double.isNaN(gauge.value()) ? 0 : gauge.value();
    }

    private List<Timer> timers(EndpointTags endpoint) {
        return List.copyOf(registry.find(REQUESTS)
                .tags("method", "POST", "uri", endpoint.uri(), "status", endpoint.status())
                .timers());
    }

    private double responses(List<EndpointTags> endpoints) {
        return endpoints.stream()
                .flatMap(endpoint -> timers(endpoint).stream())
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
                .flatMap(endpoint -> timers(endpoint).stream())
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
