package kr.hhplus.commerce.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import kr.hhplus.commerce.catalog.ProductCommand.AdjustStock;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.text.Visible;
import org.hibernate.validator.constraints.CodePointLength;

/** An operator's change of stock, with its reason. A negative delta removes pieces. */
public record StockRequest(
        @NotNull @Min(-ProductDetails.AMOUNT_MAX) @Max(ProductDetails.AMOUNT_MAX)
        Long delta,

        @Visible @CodePointLength(max = 200) String reason) {

    /**
     * Converts the request into a command.
     *
     * @param key the caller's idempotency key, or null
     * @throws RefusedException INVALID_REQUEST if the delta is 0
     */
    public AdjustStock of(long productId, Caller caller, String key) {
        if (delta == 0) {
            throw new RefusedException(InvalidRequest.at("/delta", "nonZero"));
        }
        IdempotencyKey idempotencyKey = IdempotencyKey.of(caller, key, "adjust stock of " + productId + " " + this);
        return new AdjustStock(productId, delta, reason, caller.name(), idempotencyKey);
    }
}
