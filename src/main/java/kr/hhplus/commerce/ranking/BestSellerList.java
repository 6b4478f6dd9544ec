package kr.hhplus.commerce.ranking;

import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.kernel.Won;

/**
 * Best sellers between two instants, by quantity sold, descending. Name, price and stock are those of the time when the
 * list was read from the database.
 */
public record BestSellerList(String range, Instant from, Instant to, List<BestSeller> items) {

    /** One best seller. {@code soldQuantity} is net of refunds and cancellations, and at least 1. */
    public record BestSeller(
            int rank, long productId, String name, Won price, String currency, long stock, long soldQuantity) {}

    BestSellerList limitedTo(int limit, String label) {
        return new BestSellerList(label, from, to, items.subList(0, Math.min(limit, items.size())));
    }
}
