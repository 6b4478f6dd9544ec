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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reconciles stock, balances, coupons and events on one snapshot of the database, while the shop sells.
 *
 * <p>One reconciliation runs at a time. Callers that arrive meanwhile share the next one, so that every report includes
 * everything that was acknowledged before its caller asked.
 */
@Component
public class Reconciliation {

    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    private final JdbcSnapshots snapshots;
    private final Clock clock;
    private final Timer duration;
    private final Lock running = new ReentrantLock();
    private final AtomicReference<@Nullable FutureTask<ReconciliationReport>> next = new AtomicReference<>();
    private volatile @Nullable ReconciliationReport last;
    private volatile long lastNanos;

    Reconciliation(JdbcSnapshots snapshots, Clock clock, MeterRegistry registry) {
        this.snapshots = snapshots;
        this.clock = clock;
        this.duration = Timer.builder("commerce.reconciliation.duration")
                .description("Time that a reconciliation takes")
                .register(registry);
        Gauge.builder("commerce.reconciliation.ok", () -> last == null ? Double.NaN : last.ok() ? 1 : 0)
                .description("1: the last reconciliation found no violation; 0: it found some; NaN: none yet")
                .strongReference(true)
                .register(registry);
        TimeGauge.builder("commerce.reconciliation.age", this::ageSeconds, TimeUnit.SECONDS)
                .description("Age of the snapshot that this instance reconciled last; +Inf: none yet")
                .strongReference(true)
                .register(registry);
    }

    private double ageSeconds() {
        return last == null
                ? Double.POSITIVE_INFINITY
                : (System.nanoTime() - lastNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /**
     * Checks every invariant. Takes seconds for millions of rows and locks none of them.
     *
     * @return the report; violations are part of it, not an exception
     */
    public ReconciliationReport prove() {
        FutureTask<ReconciliationReport> task =
                next.updateAndGet(waiting -> waiting != null ? waiting : new FutureTask<>(this::run));
        running.lock();
        try {
            // From here on the snapshot may be too old for new callers. Callers that share this task find it done.
            next.compareAndSet(task, null);
            task.run();
        } finally {
            running.unlock();
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during reconciliation", e);
        }
    }

    /** The last report of this instance, if any. */
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
                new OrderRefundCheck(jdbc, findings, stock, purchases).run();
                HeldPieces.read(jdbc, (user, product, quantity, counted) -> {
                    stock.addHeld(product, quantity);
                    if (counted) {
                        purchases.addPurchase(user, product, quantity);
                    }
                });
                new OrderSettlementCheck(jdbc, findings).run();
                stock.report(findings);
                purchases.report();
                ForbiddenRowCheck.ALWAYS.forEach(check -> check.run(jdbc, findings));
                new Totals(jdbc, findings).run();
            });
            ReconciliationReport report = ReconciliationReport.of(checkedAt, findings.checks());
            lastNanos = checkedNanos;
            last = report;
            if (!report.ok()) {
                log.error("Reconciliation found violations: {}", violations(report));
            }
            return report;
        });
    }

    private static String violations(ReconciliationReport report) {
        return report.checks().stream()
                .filter(check -> !check.ok())
                .map(check -> check.name() + " [" + check.detail() + "]")
                .collect(Collectors.joining(", "));
    }
}
