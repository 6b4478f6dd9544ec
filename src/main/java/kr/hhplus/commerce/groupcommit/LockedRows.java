package kr.hhplus.commerce.groupcommit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that other sessions hold, for all queues of the process. A row is added when a batch times out on it.
 *
 * <p>Writers must not wait for these rows, so two threads watch them while there are any. One probes all of them
 * without waiting. The other waits for one row at a time in the database's own lock queue: a row that several instances
 * hand to each other is never free at the moment of a probe. The price is two connections while rows are locked. A row
 * that neither thread releases would be rejected forever, so the threads survive every failure.
 */
final class LockedRows implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CommandQueue.class);

    private static final long PROBE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A row counts as locked only if it still is after each of these pauses; a batch is shorter than their sum. */
    private static final long[] CONFIRMATION_PAUSES_MILLIS = {5, 10, 20};

    private static final long PROBE_PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);
    private static final long HOLDER_CHECK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LOG_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private static final class LockInfo {
        final long sinceNanos = System.nanoTime();
        volatile int waits;
    }

    private final @Nullable RowProbe probe;
    private final BiFunction<String, Runnable, Thread> threads;
    private final Map<RowKey, LockInfo> rows = new ConcurrentHashMap<>();
    private final AtomicLong releases = new AtomicLong();
    private @Nullable Thread prober;
    private @Nullable Thread waiter;
    private volatile boolean closed;
    private long lastLogNanos = System.nanoTime() - LOG_INTERVAL_NANOS;

    /** @param probe null finds no row */
    LockedRows(@Nullable RowProbe probe, MeterRegistry registry) {
        this(probe, registry, (name, work) -> new Thread(work, name));
    }

    LockedRows(@Nullable RowProbe probe, MeterRegistry registry, BiFunction<String, Runnable, Thread> threads) {
        this.probe = probe;
        this.threads = threads;
        Gauge.builder("commerce.groupcommit.locked.rows", rows, Map::size)
                .description("Rows that another session holds while commands want them")
                .register(registry);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean contains(RowKey row) {
        return rows.containsKey(row);
    }

    /** A counter that grows with each row that becomes free. */
    long releases() {
        return releases.get();
    }

    /**
     * Finds the locked rows among the candidates, without waiting, and watches them until they are free. Searches the
     * tables in lock order up to the first that has a locked row: a transaction waits there and has not reached the
     * tables after it.
     *
     * @return whether any row is locked
     */
    boolean findAndWatch(Collection<RowKey> candidates) {
        if (probe == null || closed) {
            return false;
        }
        Map<RowTable, Set<RowKey>> byTable = candidates.stream()
                .distinct()
                .collect(Collectors.groupingBy(
                        RowKey::table,
                        () -> new TreeMap<>(
                                Comparator.comparingInt(RowTable::lockOrder).thenComparing(RowTable::name)),
                        Collectors.toSet()));
        for (Set<RowKey> ofTable : byTable.values()) {
            Set<RowKey> locked = probe.locked(ofTable);
            for (int i = 0; i < CONFIRMATION_PAUSES_MILLIS.length && !locked.isEmpty(); i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(CONFIRMATION_PAUSES_MILLIS[i]));
                locked = probe.locked(locked);
            }
            if (!locked.isEmpty()) {
                add(locked);
                return true;
            }
        }
        return false;
    }

    private synchronized void add(Set<RowKey> locked) {
        // The threads first: a row that neither releases would count as locked forever.
        if (prober == null) {
            prober = start("locked-rows-probe", this::probeAll);
        }
        if (waiter == null) {
            waiter = start("locked-rows-wait", this::waitForOne);
        }
        locked.forEach(row -> rows.putIfAbsent(row, new LockInfo()));
    }

    private Thread start(String name, Runnable work) {
        Thread thread = threads.apply(name, work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Whether the calling thread must end, because no row is locked. */
    private synchronized boolean isDone() {
        if (!closed && !rows.isEmpty()) {
            return false;
        }
        if (Thread.currentThread() == prober) {
            prober = null;
        } else {
            waiter = null;
        }
        return true;
    }

    private void probeAll() {
        long holderChecked = System.nanoTime() - HOLDER_CHECK_NANOS;
        while (!isDone()) {
            long begun = System.nanoTime();
            try {
                if (begun - holderChecked >= HOLDER_CHECK_NANOS) {
                    holderChecked = begun;
                    logHolder();
                    probe.whileLocked();
                }
                List<RowKey> probed = new ArrayList<>(rows.keySet());
                // A probe cut short reports rows at the end as locked: shuffled, each row comes first at some time.
                Collections.shuffle(probed);
                Set<RowKey> locked = probe.locked(probed);
                probed.stream().filter(row -> !locked.contains(row)).forEach(this::release);
            } catch (RuntimeException | Error e) {
                // The thread must live: without it the rows would count as locked forever.
                log.debug("locked rows cannot be probed, retrying", e);
            }
            // Probing many rows is slow: spend at most a fifth of the time on it.
            long pause = Math.max(PROBE_PAUSE_NANOS, 4 * (System.nanoTime() - begun));
            LockSupport.parkNanos(Math.min(PROBE_PAUSE_NANOS_MAX, pause));
        }
    }

    private void waitForOne() {
        while (!isDone()) {
            RowKey row = rows.entrySet().stream()
                    .min(Comparator.comparingInt(entry -> entry.getValue().waits))
                    .map(Map.Entry::getKey)
                    .orElse(null);
            LockInfo lock = row == null ? null : rows.get(row);
            if (lock == null) {
                continue;
            }
            lock.waits++;
            try {
                if (probe.awaitFree(row)) {
                    release(row);
                }
            } catch (RuntimeException | Error e) {
                log.debug("{} cannot be waited for", row, e);
                LockSupport.parkNanos(HOLDER_CHECK_NANOS);
            }
        }
    }

    private void release(RowKey row) {
        LockInfo lock = rows.remove(row);
        if (lock != null) {
            releases.incrementAndGet();
            log.info("{} is free again after {} ms", row, (System.nanoTime() - lock.sinceNanos) / 1_000_000);
        }
    }

    private void logHolder() {
        long now = System.nanoTime();
        RowKey row = rows.keySet().stream().findFirst().orElse(null);
        if (row == null || now - lastLogNanos < LOG_INTERVAL_NANOS) {
            return;
        }
        lastLogNanos = now;
        String holder = holderOf(row);
        log.warn(
                "another session holds {} row(s), among them {}: commands that want them are set aside; holder: {}",
                rows.size(),
                row,
                holder);
    }

    private String holderOf(RowKey row) {
        try {
            return probe.holderOf(row).orElse("not named by the database");
        } catch (RuntimeException e) {
            log.debug("the holder of {} cannot be read", row, e);
            return "unknown (performance_schema is off or not granted)";
        }
    }

    /** Forgets every row. Call it after every queue is closed. */
    @Override
    public void close() {
        closed = true;
        rows.clear();
    }
}
