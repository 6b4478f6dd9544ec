package kr.hhplus.commerce.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.catalog.PurchaseCounts.PurchaseKey;
import kr.hhplus.commerce.catalog.PurchaseCounts.Scan;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.OrderEvent;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.kernel.json.StoredJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the earlier orders of a product that receives a purchase limit, while the shop sells.
 *
 * <p>The event log makes the count exact. The change that sets the limit locks the product's row and stores the log's
 * head. Earlier orders of the product are events up to the head. Later orders read COUNTING from the locked row and
 * update the counts themselves. One short transaction adds each chunk and advances the scan from the position that was
 * read. So a crash repeats nothing, and only one of several instances adds a chunk. Reading and parsing hold no lock.
 */
@Component
class PurchaseScan {

    private static final Logger log = LoggerFactory.getLogger(PurchaseScan.class);

    private static final int CHUNK = 1_000;

    /** After this many rows, a transaction adds no further event, because orders of the same buyers wait for it. */
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

    /**
     * Counts one chunk for all products whose scans have the lowest position.
     *
     * @return whether there is more to count
     */
    boolean step() {
        Map<Boolean, List<Scan>> byComplete =
                counts.scans().stream().collect(Collectors.partitioningBy(scan -> scan.position() >= scan.until()));
        try {
            return countNext(byComplete.get(false));
        } finally {
            // Last, because it waits for the locks of other sessions.
            byComplete.get(true).forEach(this::close);
        }
    }

    private boolean countNext(List<Scan> incomplete) {
        if (incomplete.isEmpty()) {
            return false;
        }
        long from = incomplete.stream().mapToLong(Scan::position).min().orElseThrow();
        // Up to the next scan's position, so that both scans then share the chunks.
        long end = incomplete.stream()
                .mapToLong(scan -> scan.position() > from ? scan.position() : scan.until())
                .min()
                .orElseThrow();
        Map<Long, Scan> samePosition = incomplete.stream()
                .filter(scan -> scan.position() == from)
                .collect(Collectors.toMap(Scan::productId, Function.identity()));
        return count(samePosition.keySet(), from, end);
    }

    private boolean count(Set<Long> productIds, long from, long end) {
        SortedMap<PurchaseKey, Long> quantities = new TreeMap<>();
        long to = from;
        for (StoredEvent event : events.after(from, CHUNK)) {
            if (event.position() <= end && quantities.size() < ROWS_MAX) {
                add(event, productIds, quantities);
                to = event.position();
            }
        }
        if (to == from) {
            throw new IllegalStateException("the event log ends at " + from + ", before " + end);
        }
        long lastCounted = to;
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!counts.advance(productIds, from, lastCounted)) {
                // Another instance has added this chunk; this one waits for its next step.
                status.setRollbackOnly();
                return false;
            }
            counts.add(quantities);
            return true;
        }));
    }

    private void add(StoredEvent event, Set<Long> productIds, Map<PurchaseKey, Long> quantities) {
        OrderEvent order = OrderEvent.read(event, json);
        for (OrderEvent.Line line : order.items()) {
            if (productIds.contains(line.productId())) {
                quantities.merge(
                        new PurchaseKey(event.userId(), line.productId()),
                        order.sign() * line.quantity(),
                        Math::addExact);
            }
        }
    }

    /** Uses its own transaction, because the lock order has the product's row before the scan's row. */
    private void close(Scan scan) {
        try {
            transaction.executeWithoutResult(status -> {
                products.lock(Set.of(scan.productId()));
                if (counts.closeScan(scan.productId())) {
                    products.setPurchaseCounting(scan.productId(), PurchaseCounting.COUNTED);
                    log.info("Product {}: earlier orders are counted, the purchase limit now binds", scan.productId());
                }
            });
        } catch (RuntimeException e) {
            log.warn("Product {}: completing the count of earlier orders failed, retrying", scan.productId(), e);
        }
    }
}
