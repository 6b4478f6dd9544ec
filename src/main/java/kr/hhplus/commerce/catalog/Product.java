package kr.hhplus.commerce.catalog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;

/**
 * Something for sale, as the shop shows it.
 *
 * @param stock pieces left to buy
 * @param purchaseLimit most pieces one user may hold across all paid orders; null: as many as there are
 * @param saleStartsAt first instant of the sale window; null: open since ever
 * @param saleEndsAt first instant after the sale window; null: open for ever
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

    Product withStock(long pieces) {
        return new Product(
                productId, name, price, currency, pieces, description, purchaseLimit, saleStartsAt, saleEndsAt);
    }
}
