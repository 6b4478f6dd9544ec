package kr.hhplus.commerce.catalog;

import kr.hhplus.commerce.shared.idempotency.Keyed;
import kr.hhplus.commerce.shared.idempotency.RequestKey;

/** What an operator does to products. */
sealed interface ProductCommand extends Keyed {

    record CreateProduct(ProductDetails details, RequestKey requestKey) implements ProductCommand {}

    record ChangeProduct(long productId, ProductPatch patch) implements ProductCommand {
        @Override
        public RequestKey requestKey() {
            return RequestKey.NONE;
        }
    }

    record AdjustStock(long productId, long delta, String reason, RequestKey requestKey) implements ProductCommand {}

    @Override
    default long keyOwner() {
        return OPERATOR;
    }
}
