package kr.hhplus.commerce.catalog;

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
 * The locked products of one batch, in memory. What is taken or put back shows to the commands after; a stock that
 * would become negative is a broken invariant and throws.
 */
public final class LockedStock {

    private final Map<Long, Product> products;
    private final Map<Long, PurchaseCounting> counting;
    private final Map<Long, Long> moved = new TreeMap<>();

    /** @param counting whether the purchases of each product are counted; of a missing one they are not */
    public LockedStock(Collection<Product> locked, Map<Long, PurchaseCounting> counting) {
        this.products =
                new HashMap<>(locked.stream().collect(Collectors.toMap(Product::productId, Function.identity())));
        this.counting = Map.copyOf(counting);
    }

    public Optional<Product> find(long productId) {
        return Optional.ofNullable(products.get(productId));
    }

    public PurchaseCounting purchaseCounting(long productId) {
        return counting.getOrDefault(productId, PurchaseCounting.NONE);
    }

    /** Whether the product has a purchase limit, and all purchases before it are counted. */
    public boolean bindsPurchaseLimit(long productId) {
        return purchaseCounting(productId) == PurchaseCounting.COUNTED
                && find(productId).map(Product::purchaseLimit).isPresent();
    }

    public void take(long productId, long pieces) {
        move(productId, -pieces);
    }

    public void putBack(long productId, long pieces) {
        move(productId, pieces);
    }

    private void move(long productId, long delta) {
        Product before = products.get(productId);
        long stock = Math.addExact(before.stock(), delta);
        if (stock < 0) {
            throw new IllegalStateException("the stock of product " + productId + " would be " + stock);
        }
        products.put(productId, before.withStock(stock));
        moved.merge(productId, delta, Long::sum);
    }

    /** What the stock of products has moved by, and those products; most of a batch's have sold one or two pieces. */
    SortedMap<Long, List<Long>> moves() {
        SortedMap<Long, List<Long>> moves = new TreeMap<>();
        moved.forEach((productId, delta) ->
                moves.computeIfAbsent(delta, none -> new ArrayList<>()).add(productId));
        moves.remove(0L);
        return moves;
    }
}
