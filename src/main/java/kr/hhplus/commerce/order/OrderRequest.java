package kr.hhplus.commerce.order;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
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
import kr.hhplus.commerce.kernel.json.MultilineTexts;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.web.request.OwnerDefault;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * An order as an API client or a form sends it. It has no prices: those are read from the products.
 *
 * @param attributes kept with the order, never interpreted; null or empty: none
 */
public record OrderRequest(
        @OwnerDefault @Id Long userId,
        @NotNull @Size(min = 1, max = LINES_MAX) List<@NotNull @Valid Line> items,

        @CodePointLength(min = 1, max = 64) @Nullable String couponId,

        @AttributeLimits @JsonDeserialize(contentUsing = MultilineTexts.class) @Nullable
        SortedMap<String, String> attributes) {

    public static final int LINES_MAX = 100;
    public static final int QUANTITY_MAX = 10_000;

    /** A quantity of one product. */
    public record Line(
            @NotNull @Id Long productId,
            @NotNull @Min(1) @Max(QUANTITY_MAX) Long quantity) {}

    /** Lines of one product are added up. */
    PlaceOrder toCommand(Caller caller, @Nullable String key) {
        long owner = caller.actingFor(userId);
        SortedMap<Long, Long> quantities = new TreeMap<>();
        items.forEach(line -> quantities.merge(line.productId(), line.quantity(), Math::addExact));
        SortedMap<String, String> kept = attributes == null || attributes.isEmpty() ? null : attributes;
        IdempotencyKey idempotencyKey = IdempotencyKey.of(
                caller, key, "order " + owner + " " + quantities + " " + couponId + fingerprint(kept));
        return new PlaceOrder(owner, quantities, couponId, kept, idempotencyKey);
    }

    /** Each text is preceded by its length, so that different attributes have different fingerprints. */
    private static String fingerprint(@Nullable SortedMap<String, String> attributes) {
        StringBuilder fingerprint = new StringBuilder();
        if (attributes != null) {
            attributes.forEach((name, value) -> fingerprint
                    .append(' ')
                    .append(name.length())
                    .append(':')
                    .append(name)
                    .append(value.length())
                    .append(':')
                    .append(value));
        }
        return fingerprint.toString();
    }
}
