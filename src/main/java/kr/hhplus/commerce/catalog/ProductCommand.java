package kr.hhplus.commerce.catalog;

import kr.hhplus.commerce.shared.idempotency.Keyed;
import kr.hhplus.commerce.shared.idempotency.RequestKey;

/** What an operator does to products: each with who did it, for the trail, and most with a key of the request. */
public sealed interface ProductCommand extends Keyed {

    record CreateProduct(ProductDetails details, String by, RequestKey requestKey) implements ProductCommand {}

    record ChangeProduct(long productId, ProductPatch patch, String by) implements ProductCommand {
        @Override
        public RequestKey requestKey() {
            return RequestKey.NONE;
        }
    }

    record AdjustStock(long productId, long delta, String reason, String by, RequestKey requestKey)
            implements ProductCommand {}

    /** Who did it, for the trail. */
    String by();

    @Override
    default long keyOwner() {
        return OPERATOR;
    }
}
