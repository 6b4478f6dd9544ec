package kr.hhplus.commerce.catalog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;

/**
 * A product.
 *
 * @param stock pieces left to buy
 * @param purchaseLimit most pieces that one user may buy across all paid orders; null: no limit
 * @param saleStartsAt first instant of the sale window; null: no start
 * @param saleEndsAt first instant after the sale window; null: no end
 */
public record Product(
        long productId,
        String name,
        Won price,
        String currency,
        long stock,
        String description,
        Long purchaseLimit,
        Instant saleStartsAt,
        Instant saleEndsAt) {

    public boolean isOnSale(Instant now) {
        return (saleStartsAt == null || !now.isBefore(saleStartsAt))
                && (saleEndsAt == null || now.isBefore(saleEndsAt));
    }

    Product withStock(long newStock) {
        return new Product(
                productId, name, price, currency, newStock, description, purchaseLimit, saleStartsAt, saleEndsAt);
    }
}
