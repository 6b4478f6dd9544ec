package kr.hhplus.commerce.groupcommit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The metrics of one queue: {@code commerce_groupcommit_*}, tagged with the queue's name. */
final class CommandQueueMetrics {

    /** Bucket bounds of the timers: what a disk flush, a lock wait and the deadline differ by. */
    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final DistributionSummary batchSize;
    private final Timer waiting;
    private final Timer deciding;
    private final Timer committing;
    private final Counter rejected;
    private final Counter expired;
    private final Counter retried;
    private final Counter split;
    private final Counter unknown;
    private final Counter rowLocked;
    private final String queue;
    private final MeterRegistry registry;

    CommandQueueMetrics(String queue, MeterRegistry registry, Supplier<Number> depth) {
        this.queue = queue;
        this.registry = registry;
        Gauge.builder("commerce.groupcommit.queue.depth", depth)
                .description("Commands waiting")
                .tag("queue", queue)
                .strongReference(true)
                .register(registry);
        batchSize = DistributionSummary.builder("commerce.groupcommit.batch.size")
                .description("Commands per attempt")
                .tag("queue", queue)
                .register(registry);
        waiting = timer(registry, queue, "wait", "From submission to the first attempt");
        deciding = timer(registry, queue, "decide", "Locking, deciding and writing a batch");
        committing = timer(registry, queue, "commit", "The commit alone");
        rejected = counter(registry, queue, "refused", "Commands rejected because the queue was full or stopping");
        expired = counter(registry, queue, "expired", "Commands dropped undecided because their deadline passed");
        retried = counter(registry, queue, "retries", "Batches tried again");
        split = counter(registry, queue, "splits", "Batches split to isolate a failing command");
        unknown = counter(registry, queue, "unknown", "Commits whose outcome is unknown");
        rowLocked = counter(registry, queue, "row.locked", "Commands rejected because another session held a row");
    }

    void setAside(Supplier<Number> commands) {
        Gauge.builder("commerce.groupcommit.set.aside", commands)
                .description("Commands set aside until a row that another session holds is free")
                .tag("queue", queue)
                .strongReference(true)
                .register(registry);
    }

    void rowLocked() {
        rowLocked.increment();
    }

    private static Timer timer(MeterRegistry registry, String queue, String what, String description) {
        return Timer.builder("commerce.groupcommit." + what)
                .description(description)
                .tag("queue", queue)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String queue, String what, String description) {
        return Counter.builder("commerce.groupcommit." + what)
                .description(description)
                .tag("queue", queue)
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

    void rejected() {
        rejected.increment();
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
