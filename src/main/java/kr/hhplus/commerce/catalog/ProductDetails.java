package kr.hhplus.commerce.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.json.Multiline;
import kr.hhplus.commerce.kernel.text.Visible;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a new product, from the API or a form. The price is in won.
 *
 * @param reservable whether users may reserve pieces; null: they may
 */
public record ProductDetails(
        @Visible @CodePointLength(max = NAME_MAX) String name,
        @NotNull @Min(0) @Max(AMOUNT_MAX) Long price,
        @NotNull @Min(0) @Max(AMOUNT_MAX) Long stock,
        @Multiline @CodePointLength(max = DESCRIPTION_MAX) String description,
        @Min(1) @Max(PURCHASE_LIMIT_MAX) Long purchaseLimit,
        Instant saleStartsAt,
        Instant saleEndsAt,
        @Nullable Boolean reservable) {

    static final int NAME_MAX = 100;
    static final int DESCRIPTION_MAX = 2000;
    static final long AMOUNT_MAX = 1_000_000_000;
    static final long PURCHASE_LIMIT_MAX = 10_000;

    boolean isReservable() {
        return reservable == null || reservable;
    }

    Product toProduct(long productId) {
        return new Product(
                productId,
                name,
                Won.of(price),
                Won.CURRENCY,
                stock,
                description,
                purchaseLimit,
                saleStartsAt,
                saleEndsAt,
                isReservable());
    }
}
