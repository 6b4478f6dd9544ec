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
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.json.MultilineTexts;
import kr.hhplus.commerce.order.OrderCommand.PayReservation;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.web.request.OwnerDefault;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * An order as an API client or a form sends it. It has no prices: those are read from the products.
 *
 * @param items what to buy; null if the order pays a reservation
 * @param reservationId the reservation that the order pays; null if it has items
 * @param attributes kept with the order, never interpreted; null or empty: none
 */
public record OrderRequest(
        @OwnerDefault @Id Long userId,
        @Size(min = 1, max = LINES_MAX) @Nullable List<@NotNull @Valid Line> items,

        @CodePointLength(min = 1, max = 64) @Nullable String couponId,

        @CodePointLength(min = 1, max = 64) @Nullable String reservationId,

        @AttributeLimits @JsonDeserialize(contentUsing = MultilineTexts.class) @Nullable
        SortedMap<String, String> attributes) {

    public static final int LINES_MAX = 100;
    public static final int QUANTITY_MAX = 10_000;

    /** A quantity of one product. */
    public record Line(
            @NotNull @Id Long productId,
            @NotNull @Min(1) @Max(QUANTITY_MAX) Long quantity) {

        /** Lines of one product are added up. */
        static SortedMap<Long, Long> quantities(List<Line> lines) {
            SortedMap<Long, Long> quantities = new TreeMap<>();
            lines.forEach(line -> quantities.merge(line.productId(), line.quantity(), Math::addExact));
            return quantities;
        }
    }

    /** An order of items. */
    public OrderRequest(Long userId, List<Line> items, @Nullable String couponId) {
        this(userId, items, couponId, null, null);
    }

    /** @throws RefusedException INVALID_REQUEST unless the request has either items or a reservation */
    void requireItemsOrReservation() {
        if (items == null && reservationId == null) {
            throw new RefusedException(InvalidRequest.at("/items", "NotNull"));
        }
        if (items != null && reservationId != null) {
            throw new RefusedException(InvalidRequest.at("/items", "besideReservation"));
        }
    }

    /** Pays no reservation if none can have this id: the batch then refuses, in the order of the error codes. */
    PayReservation toPayment(Caller caller, @Nullable String key) {
        long owner = caller.actingFor(userId);
        IdempotencyKey idempotencyKey = IdempotencyKey.of(
                caller,
                key,
                "order " + owner + " reservation " + reservationId + " " + couponId + fingerprint(keptAttributes()));
        long number = IdText.parse(reservationId).orElse(0);
        return new PayReservation(owner, number, couponId, keptAttributes(), idempotencyKey);
    }

    PlaceOrder toCommand(Caller caller, @Nullable String key) {
        long owner = caller.actingFor(userId);
        SortedMap<Long, Long> quantities = Line.quantities(items);
        IdempotencyKey idempotencyKey = IdempotencyKey.of(
                caller, key, "order " + owner + " " + quantities + " " + couponId + fingerprint(keptAttributes()));
        return new PlaceOrder(owner, quantities, couponId, keptAttributes(), idempotencyKey);
    }

    private @Nullable SortedMap<String, String> keptAttributes() {
        return attributes == null || attributes.isEmpty() ? null : attributes;
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
