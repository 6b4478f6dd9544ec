package kr.hhplus.commerce.catalog;

import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/** An operator's change of products. */
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

    /** The name of the operator, for the audit log. */
    String by();

    @Override
    default long ownerId() {
        return OPERATOR;
    }
}
