package kr.hhplus.commerce.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.catalog.PurchaseCounts.Holding;
import kr.hhplus.commerce.catalog.PurchaseCounts.Scan;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.kernel.json.StoredJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the earlier orders of products that have got a purchase limit, while the shop sells.
 *
 * <p>The event log makes it exact. The change that sets the limit locks the product's row and notes the log's head:
 * orders of the product that were decided before are events up to it, and those decided after, with events behind it,
 * see COUNTING in the locked row and count themselves. Each chunk is added in one short transaction that moves the scan
 * on from exactly where it was read, so a crash repeats nothing, and of several instances one adds it. Reading and
 * parsing hold no lock.
 */
@Component
class PurchaseScan {

    private static final Logger log = LoggerFactory.getLogger(PurchaseScan.class);

    private static final int CHUNK = 1_000;

    /** Rows after which one transaction takes no further event: orders of the same buyers wait for them. */
    static final int ROWS_MAX = 1_000;

    private final PurchaseCounts counts;
    private final Products products;
    private final EventLog events;
    private final TransactionTemplate transaction;
    private final StoredJson json;

    PurchaseScan(
            PurchaseCounts counts,
            Products products,
            EventLog events,
            PlatformTransactionManager transactions,
            StoredJson json) {
        this.counts = counts;
        this.products = products;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.json = json;
    }

    private record Event(Order data) {}

    private record Order(List<Line> items) {}

    private record Line(long productId, long quantity) {}

    /** Counts one chunk, for all products that have come as far. @return whether there is more to do right now */
    boolean step() {
        Map<Boolean, List<Scan>> byComplete =
                counts.scans().stream().collect(Collectors.partitioningBy(scan -> scan.position() >= scan.until()));
        try {
            return countNext(byComplete.get(false));
        } finally {
            // Last, because it waits for products that another session has locked.
            byComplete.get(true).forEach(this::close);
        }
    }

    private boolean countNext(List<Scan> open) {
        if (open.isEmpty()) {
            return false;
        }
        long from = open.stream().mapToLong(Scan::position).min().orElseThrow();
        // Up to where others stand already: from there on they go together.
        long end = open.stream()
                .mapToLong(scan -> scan.position() > from ? scan.position() : scan.until())
                .min()
                .orElseThrow();
        Map<Long, Scan> together = open.stream()
                .filter(scan -> scan.position() == from)
                .collect(Collectors.toMap(Scan::productId, Function.identity()));
        return count(together.keySet(), from, end);
    }

    private boolean count(Set<Long> productIds, long from, long end) {
        SortedMap<Holding, Long> pieces = new TreeMap<>();
        long to = from;
        for (StoredEvent event : events.after(from, CHUNK)) {
            if (event.position() <= end && pieces.size() < ROWS_MAX) {
                add(event, productIds, pieces);
                to = event.position();
            }
        }
        if (to == from) {
            throw new IllegalStateException("the event log ends at " + from + ", before " + end);
        }
        long read = to;
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!counts.advance(productIds, from, read)) {
                // Another instance was quicker; this one rests until its next turn.
                status.setRollbackOnly();
                return false;
            }
            counts.add(pieces);
            return true;
        }));
    }

    private void add(StoredEvent event, Set<Long> productIds, Map<Holding, Long> pieces) {
        long sign =
                switch (event.type()) {
                    case "OrderPaid" -> 1;
                    case "OrderCancelled" -> -1;
                    default -> throw new IllegalStateException("event " + event.id() + " is a " + event.type());
                };
        for (Line line : json.read(event.body(), Event.class).data().items()) {
            if (productIds.contains(line.productId())) {
                pieces.merge(new Holding(event.userId(), line.productId()), sign * line.quantity(), Math::addExact);
            }
        }
    }

    /** In a transaction of its own, because the product's row comes before the scan's in the lock order. */
    private void close(Scan scan) {
        try {
            transaction.executeWithoutResult(status -> {
                products.lock(Set.of(scan.productId()));
                if (counts.closeScan(scan.productId())) {
                    products.setPurchaseCounting(scan.productId(), PurchaseCounting.COUNTED);
                    log.info("Product {}: earlier orders are counted, its purchase limit binds", scan.productId());
                }
            });
        } catch (RuntimeException e) {
            log.warn("Product {}: the count of its earlier orders is closed later", scan.productId(), e);
        }
    }
}
