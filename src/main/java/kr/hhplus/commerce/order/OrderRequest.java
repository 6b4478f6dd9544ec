package kr.hhplus.commerce.order;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.text.TextRules;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.web.request.OwnerDefault;
import kr.hhplus.commerce.web.response.FastPath.PlainRequest;
import org.hibernate.validator.constraints.CodePointLength;

/** An order as a client writes it. Prices are the server's, so there is no place for one. */
public record OrderRequest(
        @OwnerDefault @Id Long userId,
        @NotNull @Size(min = 1, max = LINES_MAX) List<@NotNull @Valid Line> items,

        @CodePointLength(min = 1, max = COUPON_ID_LENGTH_MAX)
        String couponId)
        implements PlainRequest {

    public static final int LINES_MAX = 100;
    public static final int QUANTITY_MAX = 10_000;

    private static final int COUPON_ID_LENGTH_MAX = 64;

    /** So many pieces of one product. */
    public record Line(
            @NotNull @Id Long productId,
            @NotNull @Min(1) @Max(QUANTITY_MAX) Long quantity) {

        private boolean isPlain() {
            return productId != null
                    && Id.Check.isMet(productId)
                    && quantity != null
                    && quantity >= 1
                    && quantity <= QUANTITY_MAX;
        }
    }

    @Override
    public boolean isPlain(Caller caller) {
        return OwnerDefault.Check.isMet(userId, caller)
                && Id.Check.isMet(userId)
                && items != null
                && !items.isEmpty()
                && items.size() <= LINES_MAX
                && items.stream().allMatch(line -> line != null && line.isPlain())
                && (couponId == null || !couponId.isEmpty() && TextRules.length(couponId) <= COUPON_ID_LENGTH_MAX);
    }

    /** Lines of one product are added up. */
    PlaceOrder toCommand(Caller caller, String key) {
        long owner = caller.actingFor(userId);
        SortedMap<Long, Long> pieces = new TreeMap<>();
        items.forEach(line -> pieces.merge(line.productId(), line.quantity(), Math::addExact));
        IdempotencyKey requestKey = IdempotencyKey.of(caller, key, "order " + owner + " " + pieces + " " + couponId);
        return new PlaceOrder(owner, pieces, couponId, requestKey);
    }
}
