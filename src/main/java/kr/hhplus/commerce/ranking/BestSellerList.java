package kr.hhplus.commerce.ranking;

import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.kernel.Won;

/** What sold best between two instants, first the most sold. Name, price and stock are today's. */
public record BestSellerList(String range, Instant from, Instant to, List<BestSeller> items) {

    /** One of them; {@code soldQuantity} is net of cancellations and at least 1. */
    public record BestSeller(
            int rank, long productId, String name, Won price, String currency, long stock, long soldQuantity) {}

    /** The same under the words of the one who asks, cut to what was asked for. */
    BestSellerList as(String words, int limit) {
        return new BestSellerList(words, from, to, items.subList(0, Math.min(limit, items.size())));
    }
}
