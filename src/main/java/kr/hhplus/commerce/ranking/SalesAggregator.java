package kr.hhplus.commerce.ranking;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.OptionalLong;
import kr.hhplus.commerce.eventlog.ConsumerOffsets;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.kernel.json.StoredJson;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sums up the quantities sold in the event log. The sums and the consumer offset are written in one transaction, so
 * every event counts exactly once. One instance works at a time, and the others skip.
 */
@Component
class SalesAggregator {

    static final String CONSUMER = "ranking";

    private static final int BATCH_MAX = 5_000;

    private final EventLog log;
    private final ConsumerOffsets offsets;
    private final SalesBuckets buckets;
    private final StoredJson json;
    private final TransactionTemplate transaction;
    private boolean registered;

    SalesAggregator(
            EventLog log,
            ConsumerOffsets offsets,
            SalesBuckets buckets,
            StoredJson json,
            PlatformTransactionManager transactions,
            MeterRegistry registry) {
        this.log = log;
        this.offsets = offsets;
        this.buckets = buckets;
        this.json = json;
        this.transaction = new TransactionTemplate(transactions);
        Gauge.builder("commerce.ranking.lag", () -> offsets.behind(CONSUMER))
                .description("Events not yet counted among the best sellers")
                .strongReference(true)
                .register(registry);
    }

    /**
     * Adds up one batch.
     *
     * @return whether more events are pending
     */
    boolean step() {
        if (!registered) {
            offsets.register(CONSUMER);
            registered = true;
        }
        long pending = offsets.behind(CONSUMER);
        // Most steps find nothing, so they must not cost a transaction and its lock.
        return pending > 0 && Boolean.TRUE.equals(transaction.execute(status -> addUp(pending)));
    }

    private boolean addUp(long pending) {
        OptionalLong position = offsets.tryLock(CONSUMER);
        if (position.isEmpty()) {
            return false;
        }
        List<StoredEvent> events = log.after(position.getAsLong(), BATCH_MAX);
        if (events.isEmpty()) {
            return false;
        }
        SalesAccumulator sales = new SalesAccumulator(json);
        events.forEach(sales::add);
        buckets.add(sales.quantities());
        // Some databases accept SKIP LOCKED without locking, so the checked update of the offset prevents duplicates.
        offsets.advance(
                CONSUMER, position.getAsLong(), events.get(events.size() - 1).position());
        return events.size() < pending;
    }
}
