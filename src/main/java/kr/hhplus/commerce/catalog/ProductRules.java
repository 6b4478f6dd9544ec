package kr.hhplus.commerce.catalog;

import java.time.Instant;
import java.util.Optional;
import kr.hhplus.commerce.catalog.ProductRefusal.InsufficientStock;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;

/** Checks an operator's changes of a product. */
final class ProductRules {

    private static final long STOCK_MAX = ProductDetails.AMOUNT_MAX;

    private ProductRules() {}

    /** A sale window must start before it ends. */
    static Optional<Refusal> checkWindow(Instant startsAt, Instant endsAt) {
        if (startsAt != null && endsAt != null && !startsAt.isBefore(endsAt)) {
            return Optional.of(InvalidRequest.at("/saleEndsAt", "after", "saleStartsAt"));
        }
        return Optional.empty();
    }

    /** Stock must stay from 0 to {@code STOCK_MAX}. */
    static Optional<Refusal> checkDelta(Product product, long delta) {
        long stock = product.stock() + delta;
        if (stock < 0) {
            return Optional.of(new InsufficientStock(product.productId(), product.stock(), -delta));
        }
        if (stock > STOCK_MAX) {
            return Optional.of(InvalidRequest.at("/delta", "stockMax", STOCK_MAX));
        }
        return Optional.empty();
    }
}
