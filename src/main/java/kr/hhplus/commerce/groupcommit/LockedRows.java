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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that other sessions hold, as far as a batch has run into them, for all queues of the process.
 *
 * <p>While there are any, two threads look after them, so that writers need not: one probes all of them without
 * waiting; the other waits for one after the other in the database's own queue, because a row that several instances
 * pass on to each other is never free for a probe.
 */
final class LockedRows implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private static final long PROBE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Before a row is believed to be locked it is probed again after each of these: other batches take less. */
    private static final long[] CONFIRMATION_PAUSES_MILLIS = {5, 10, 20};

    private static final long PROBE_PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LOG_NANOS = Duration.ofSeconds(10).toNanos();

    private static final class Held {
        final long sinceNanos = System.nanoTime();
        volatile int waits;
    }

    private final RowProbe probe;
    private final BiFunction<String, Runnable, Thread> threads;
    private final Map<RowKey, Held> rows = new ConcurrentHashMap<>();
    private final AtomicLong releases = new AtomicLong();
    private Thread prober;
    private Thread waiter;
    private volatile boolean closed;
    private long lastLogNanos = System.nanoTime() - LOG_NANOS;

    /** @param probe null: no row is ever found */
    LockedRows(RowProbe probe, MeterRegistry registry) {
        this(probe, registry, (name, work) -> new Thread(work, name));
    }

    LockedRows(RowProbe probe, MeterRegistry registry, BiFunction<String, Runnable, Thread> threads) {
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

    /** Changes with each row that has become free. */
    long releases() {
        return releases.get();
    }

    /**
     * Looks without waiting for those of the rows that are locked, and remembers them: of the first table in lock
     * order that has any, because a transaction waits there and has not come to the others.
     *
     * @return whether there are any
     */
    boolean find(Collection<RowKey> candidates) {
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
                remember(locked);
                return true;
            }
        }
        return false;
    }

    private synchronized void remember(Set<RowKey> locked) {
        // The threads first: a row that none of them frees would count as locked for ever.
        if (prober == null) {
            prober = start("locked-rows-probe", this::probeAll);
        }
        if (waiter == null) {
            waiter = start("locked-rows-wait", this::waitForOne);
        }
        locked.forEach(row -> rows.putIfAbsent(row, new Held()));
    }

    private Thread start(String name, Runnable work) {
        Thread thread = threads.apply(name, work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Whether the calling thread's work is done; it has to end then. */
    private synchronized boolean isOver() {
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
        long looked = System.nanoTime() - LOOK_NANOS;
        while (!isOver()) {
            long begun = System.nanoTime();
            try {
                if (begun - looked >= LOOK_NANOS) {
                    looked = begun;
                    tellHolder();
                    probe.whileLocked();
                }
                List<RowKey> asked = new ArrayList<>(rows.keySet());
                // Where there is no time to tell all of them apart, each comes first at some time.
                Collections.shuffle(asked);
                Set<RowKey> locked = probe.locked(asked);
                asked.stream().filter(row -> !locked.contains(row)).forEach(this::release);
            } catch (RuntimeException | Error e) {
                // The thread must live: without it the rows would count as locked for ever.
                log.debug("locked rows cannot be probed", e);
            }
            // Many locked rows take their time to be probed: at most a fifth of it goes into asking.
            long pause = Math.max(PROBE_PAUSE_NANOS, 4 * (System.nanoTime() - begun));
            LockSupport.parkNanos(Math.min(PROBE_PAUSE_NANOS_MAX, pause));
        }
    }

    private void waitForOne() {
        while (!isOver()) {
            RowKey row = rows.entrySet().stream()
                    .min(Comparator.comparingInt(entry -> entry.getValue().waits))
                    .map(Map.Entry::getKey)
                    .orElse(null);
            Held held = row == null ? null : rows.get(row);
            if (held == null) {
                continue;
            }
            held.waits++;
            try {
                if (probe.awaitFree(row)) {
                    release(row);
                }
            } catch (RuntimeException | Error e) {
                log.debug("{} cannot be waited for", row, e);
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private void release(RowKey row) {
        Held held = rows.remove(row);
        if (held != null) {
            releases.incrementAndGet();
            log.info("{} is free again after {} ms", row, (System.nanoTime() - held.sinceNanos) / 1_000_000);
        }
    }

    private void tellHolder() {
        long now = System.nanoTime();
        RowKey row = rows.keySet().stream().findFirst().orElse(null);
        if (row == null || now - lastLogNanos < LOG_NANOS) {
            return;
        }
        lastLogNanos = now;
        String holder = holderOf(row);
        log.warn(
                "another session holds {} row(s), among them {}: commands that want them are set aside; held by {}",
                rows.size(),
                row,
                holder);
    }

    private String holderOf(RowKey row) {
        try {
            return probe.holderOf(row).orElse("a session that the database does not name");
        } catch (RuntimeException e) {
            log.debug("the holder of {} cannot be asked for", row, e);
            return "a session that cannot be asked for (performance_schema is off or not granted)";
        }
    }

    /** Forgets every row. To be called once no queue is at work any more. */
    @Override
    public void close() {
        closed = true;
        rows.clear();
    }
}
