package kr.hhplus.commerce.catalog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;
import org.jspecify.annotations.Nullable;

/**
 * A product.
 *
 * @param stock pieces left to buy; reserved ones are not among them
 * @param purchaseLimit most pieces that one user may buy across all paid orders and open reservations; null: no limit
 * @param saleStartsAt first instant of the sale window; null: no start
 * @param saleEndsAt first instant after the sale window; null: no end
 * @param reservable whether users may reserve pieces before they pay; null only in a stored result of a version without
 *     reservations
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
        Instant saleEndsAt,
        @Nullable Boolean reservable) {

    public boolean isOnSale(Instant now) {
        return (saleStartsAt == null || !now.isBefore(saleStartsAt))
                && (saleEndsAt == null || now.isBefore(saleEndsAt));
    }

    Product withStock(long newStock) {
        return new Product(
                productId,
                name,
                price,
                currency,
                newStock,
                description,
                purchaseLimit,
                saleStartsAt,
                saleEndsAt,
                reservable);
    }
}
