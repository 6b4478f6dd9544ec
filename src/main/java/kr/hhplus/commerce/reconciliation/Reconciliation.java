package kr.hhplus.commerce.reconciliation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Proves the books as of one instant, while the shop sells. One at a time: who comes while one runs shares the next, so
 * that every report includes all that was acknowledged before it was asked for.
 */
@Component
public class Reconciliation {

    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    private final JdbcSnapshots snapshots;
    private final Clock clock;
    private final Timer duration;
    private final Lock running = new ReentrantLock();
    private final AtomicReference<FutureTask<ReconciliationReport>> next = new AtomicReference<>();
    private volatile ReconciliationReport last;
    private volatile long lastNanos;

    Reconciliation(JdbcSnapshots snapshots, Clock clock, MeterRegistry registry) {
        this.snapshots = snapshots;
        this.clock = clock;
        this.duration = Timer.builder("commerce.audit")
                .description("Time that an audit takes")
                .register(registry);
        Gauge.builder("commerce.reconciliation.ok", () -> last == null ? Double.NaN : last.ok() ? 1 : 0)
                .description("1: the last audit found the books in order; 0: it did not; NaN: none yet")
                .strongReference(true)
                .register(registry);
        TimeGauge.builder("commerce.reconciliation.age", this::ageSeconds, TimeUnit.SECONDS)
                .description(
                        "Time since the state of the books that this instance has audited last; +Inf: it never did")
                .strongReference(true)
                .register(registry);
    }

    private double ageSeconds() {
        return last == null
                ? Double.POSITIVE_INFINITY
                : (System.nanoTime() - lastNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Reads every table of the books; takes seconds where there are millions of rows, and locks none of them. */
    public ReconciliationReport prove() {
        FutureTask<ReconciliationReport> mine =
                next.updateAndGet(waiting -> waiting != null ? waiting : new FutureTask<>(this::run));
        running.lock();
        try {
            // From here on its snapshot may be too old for newcomers. Whoever shares it finds it done below.
            next.compareAndSet(mine, null);
            mine.run();
        } finally {
            running.unlock();
        }
        try {
            return mine.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while auditing", e);
        }
    }

    /** What this instance has proved last; nothing where it never did. */
    public Optional<ReconciliationReport> last() {
        return Optional.ofNullable(last);
    }

    private ReconciliationReport run() {
        return duration.record(() -> {
            Instant checkedAt = clock.instant();
            long checkedNanos = System.nanoTime();
            ReconciliationFindings findings = new ReconciliationFindings();
            snapshots.read(jdbc -> {
                StockCheck stock = new StockCheck(jdbc);
                PurchaseCountCheck purchases = new PurchaseCountCheck(jdbc, findings);
                new OrderLineCheck(jdbc, findings, stock, purchases).run();
                new OrderSettlementCheck(jdbc, findings).run();
                stock.report(findings);
                purchases.report();
                ForbiddenRowCheck.ALWAYS.forEach(rows -> rows.findIn(jdbc, findings));
                new Totals(jdbc, findings).run();
            });
            ReconciliationReport report = ReconciliationReport.of(checkedAt, findings.checks());
            lastNanos = checkedNanos;
            last = report;
            if (!report.ok()) {
                log.error("The books are broken: {}", broken(report));
            }
            return report;
        });
    }

    private static String broken(ReconciliationReport report) {
        return report.checks().stream()
                .filter(check -> !check.ok())
                .map(check -> check.name() + " [" + check.detail() + "]")
                .collect(Collectors.joining(", "));
    }
}
