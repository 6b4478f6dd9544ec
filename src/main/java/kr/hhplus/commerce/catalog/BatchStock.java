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
    private final Map<Long, Long> changes = new TreeMap<>();
    private final List<WriteOff> writeOffs = new ArrayList<>();

    /** Pieces that came back and cannot be sold again. */
    record WriteOff(long productId, long quantity, String reason, Instant at) {}

    /**
     * Creates the stock of a batch.
     *
     * @param counting by product; a missing one means {@link PurchaseCounting#NONE}
     */
    public BatchStock(Collection<Product> products, Map<Long, PurchaseCounting> counting) {
        this.products =
                new HashMap<>(products.stream().collect(Collectors.toMap(Product::productId, Function.identity())));
        this.counting = Map.copyOf(counting);
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

    public void take(long productId, long quantity) {
        change(productId, -quantity);
    }

    public void putBack(long productId, long quantity) {
        change(productId, quantity);
    }

    /** Records that pieces came back and were written off: the stock stays as it is. */
    public void writeOff(long productId, long quantity, String reason, Instant at) {
        writeOffs.add(new WriteOff(productId, quantity, reason, at));
    }

    List<WriteOff> writeOffs() {
        return writeOffs;
    }

    private void change(long productId, long delta) {
        Product before = products.get(productId);
        long stock = Math.addExact(before.stock(), delta);
        if (stock < 0) {
            throw new IllegalStateException("the stock of product " + productId + " would become " + stock);
        }
        products.put(productId, before.withStock(stock));
        changes.merge(productId, delta, Long::sum);
    }

    /** Returns the products by the change of their stock. Most products of a batch change by one or two pieces. */
    SortedMap<Long, List<Long>> productsByChange() {
        SortedMap<Long, List<Long>> productIds = new TreeMap<>();
        changes.forEach((productId, delta) ->
                productIds.computeIfAbsent(delta, unused -> new ArrayList<>()).add(productId));
        productIds.remove(0L);
        return productIds;
    }
}
