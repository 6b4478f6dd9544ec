package kr.hhplus.commerce.order;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.Id;
import kr.hhplus.commerce.shared.http.OwnIfAbsent;
import kr.hhplus.commerce.shared.http.answers.FastPath.PlainRequest;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.text.TextRules;
import org.hibernate.validator.constraints.CodePointLength;

/** An order as a client writes it. Prices are the server's, so there is no place for one. */
public record OrderRequest(
        @OwnIfAbsent @Id Long userId,
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
        return OwnIfAbsent.Check.isMet(userId, caller)
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
        RequestKey requestKey = RequestKey.of(caller, key, "order " + owner + " " + pieces + " " + couponId);
        return new PlaceOrder(owner, pieces, couponId, requestKey);
    }
}
