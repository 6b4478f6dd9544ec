package kr.hhplus.commerce.catalog;

import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/** An operator's change of products. */
public sealed interface ProductCommand extends IdempotentCommand {

    record CreateProduct(ProductDetails details, String operator, IdempotencyKey idempotencyKey)
            implements ProductCommand {}

    record ChangeProduct(long productId, ProductPatch patch, String operator) implements ProductCommand {
        @Override
        public IdempotencyKey idempotencyKey() {
            return IdempotencyKey.NONE;
        }
    }

    record AdjustStock(long productId, long delta, String reason, String operator, IdempotencyKey idempotencyKey)
            implements ProductCommand {}

    /** The name of the operator, for the audit log. */
    String operator();

    @Override
    default long ownerId() {
        return OPERATOR;
    }
}
