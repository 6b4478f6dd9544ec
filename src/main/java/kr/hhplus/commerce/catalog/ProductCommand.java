package kr.hhplus.commerce.catalog;

import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/** What an operator does to products: each with who did it, for the trail, and most with a key of the request. */
public sealed interface ProductCommand extends IdempotentCommand {

    record CreateProduct(ProductDetails details, String by, IdempotencyKey requestKey) implements ProductCommand {}

    record ChangeProduct(long productId, ProductPatch patch, String by) implements ProductCommand {
        @Override
        public IdempotencyKey requestKey() {
            return IdempotencyKey.NONE;
        }
    }

    record AdjustStock(long productId, long delta, String reason, String by, IdempotencyKey requestKey)
            implements ProductCommand {}

    /** Who did it, for the trail. */
    String by();

    @Override
    default long ownerId() {
        return OPERATOR;
    }
}
