package kr.hhplus.commerce.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The products of one batch, in memory: locked, or read for a quote. Later commands of the batch see the changes of
 * earlier ones. A negative stock is a broken invariant and throws.
 */
public final class BatchStock {

    private final Map<Long, Product> products;
    private final Map<Long, PurchaseCounting> counting;
    private final Map<Long, Long> held;
    private final Map<Long, Change> changes = new TreeMap<>();
    private final List<WriteOff> writeOffs = new ArrayList<>();

    /** Pieces that came back and cannot be sold again. */
    record WriteOff(long productId, long quantity, String reason, Instant at) {}

    /** The change of a product's stock, and of its pieces in open reservations. */
    record Change(long stock, long held) implements Comparable<Change> {

        private static final Change NONE = new Change(0, 0);

        private Change plus(Change other) {
            return new Change(Math.addExact(stock, other.stock), Math.addExact(held, other.held));
        }

        @Override
        public int compareTo(Change other) {
            int byStock = Long.compare(stock, other.stock);
            return byStock != 0 ? byStock : Long.compare(held, other.held);
        }
    }

    /**
     * Creates the stock of a batch.
     *
     * @param counting by product; a missing one means {@link PurchaseCounting#NONE}
     * @param held pieces in open reservations by product; a missing one is 0
     */
    public BatchStock(Collection<Product> products, Map<Long, PurchaseCounting> counting, Map<Long, Long> held) {
        this.products =
                new HashMap<>(products.stream().collect(Collectors.toMap(Product::productId, Function.identity())));
        this.counting = Map.copyOf(counting);
        this.held = new HashMap<>(held);
    }

    public Optional<Product> find(long productId) {
        return Optional.ofNullable(products.get(productId));
    }

    public PurchaseCounting purchaseCounting(long productId) {
        return counting.getOrDefault(productId, PurchaseCounting.NONE);
    }

    /** Returns whether the product has a purchase limit, and all earlier purchases are counted. */
    public boolean bindsPurchaseLimit(long productId) {
        return purchaseCounting(productId) == PurchaseCounting.COUNTED
                && find(productId).map(Product::purchaseLimit).isPresent();
    }

    /** Returns the pieces of a product in open reservations. They are not part of its stock. */
    public long held(long productId) {
        return held.getOrDefault(productId, 0L);
    }

    public void take(long productId, long quantity) {
        change(productId, new Change(-quantity, 0));
    }

    public void putBack(long productId, long quantity) {
        change(productId, new Change(quantity, 0));
    }

    /** Records that pieces came back and were written off: the stock stays as it is. */
    public void writeOff(long productId, long quantity, String reason, Instant at) {
        writeOffs.add(new WriteOff(productId, quantity, reason, at));
    }

    List<WriteOff> writeOffs() {
        return writeOffs;
    }

    /** Takes pieces from the stock for a reservation. */
    public void hold(long productId, long quantity) {
        change(productId, new Change(-quantity, quantity));
    }

    /** Gives pieces of a reservation back to the stock. */
    public void release(long productId, long quantity) {
        change(productId, new Change(quantity, -quantity));
    }

    /** Gives pieces of a reservation to an order. */
    public void sellHeld(long productId, long quantity) {
        change(productId, new Change(0, -quantity));
    }

    private void change(long productId, Change change) {
        Product before = products.get(productId);
        long stock = Math.addExact(before.stock(), change.stock());
        long heldAfter = Math.addExact(held(productId), change.held());
        if (stock < 0 || heldAfter < 0) {
            throw new IllegalStateException(
                    "product " + productId + " would have " + stock + " pieces left and " + heldAfter + " held");
        }
        products.put(productId, before.withStock(stock));
        held.put(productId, heldAfter);
        changes.merge(productId, change, Change::plus);
    }

    /** Returns the products by the change of their stock. Most products of a batch change by one or two pieces. */
    SortedMap<Change, List<Long>> productsByChange() {
        SortedMap<Change, List<Long>> productIds = new TreeMap<>();
        changes.forEach((productId, change) ->
                productIds.computeIfAbsent(change, unused -> new ArrayList<>()).add(productId));
        productIds.remove(Change.NONE);
        return productIds;
    }
}
