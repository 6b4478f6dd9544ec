package kr.hhplus.commerce.groupcommit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What an operator sees of a lane: {@code commerce_groupcommit_*}, tagged with the lane's name. */
final class CommandQueueMetrics {

    private final DistributionSummary batchSize;
    private final Timer waiting;
    private final Timer deciding;
    private final Timer committing;
    private final Counter refused;
    private final Counter expired;
    private final Counter retried;
    private final Counter split;
    private final Counter unknown;
    private final Counter rowLocked;
    private final String lane;
    private final MeterRegistry registry;

    CommandQueueMetrics(String lane, MeterRegistry registry, Supplier<Number> depth) {
        this.lane = lane;
        this.registry = registry;
        Gauge.builder("commerce.groupcommit.queue.depth", depth)
                .description("Commands waiting")
                .tag("queue", lane)
                .strongReference(true)
                .register(registry);
        batchSize = DistributionSummary.builder("commerce.groupcommit.batch.size")
                .description("Commands per attempt")
                .tag("queue", lane)
                .register(registry);
        waiting = timer(registry, lane, "wait", "From submission to the first attempt");
        deciding = timer(registry, lane, "decide", "Locking, deciding and writing a batch");
        committing = timer(registry, lane, "commit", "The commit alone");
        refused = counter(registry, lane, "refused", "Commands refused because the queue was full or stopping");
        expired = counter(registry, lane, "expired", "Commands dropped undecided because their deadline passed");
        retried = counter(registry, lane, "retries", "Batches tried again");
        split = counter(registry, lane, "splits", "Batches split to isolate a failing command");
        unknown = counter(registry, lane, "unknown", "Commits whose outcome could not be learned");
        rowLocked = counter(registry, lane, "row.locked", "Commands refused because another session held a row");
    }

    void setAside(Supplier<Number> commands) {
        Gauge.builder("commerce.groupcommit.set.aside", commands)
                .description("Commands set aside until a row that another session holds is free")
                .tag("queue", lane)
                .strongReference(true)
                .register(registry);
    }

    void rowLocked() {
        rowLocked.increment();
    }

    private static Timer timer(MeterRegistry registry, String lane, String what, String description) {
        return Timer.builder("commerce.groupcommit." + what)
                .description(description)
                .tag("queue", lane)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String lane, String what, String description) {
        return Counter.builder("commerce.groupcommit." + what)
                .description(description)
                .tag("queue", lane)
                .register(registry);
    }

    void waited(long nanos) {
        waiting.record(nanos, TimeUnit.NANOSECONDS);
    }

    void attempted(int size) {
        batchSize.record(size);
    }

    void decided(long nanos) {
        deciding.record(nanos, TimeUnit.NANOSECONDS);
    }

    void committed(long nanos) {
        committing.record(nanos, TimeUnit.NANOSECONDS);
    }

    void refused() {
        refused.increment();
    }

    void expired() {
        expired.increment();
    }

    void retried() {
        retried.increment();
    }

    void split() {
        split.increment();
    }

    void unknown() {
        unknown.increment();
    }
}
