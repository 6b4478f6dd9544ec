package kr.hhplus.commerce.catalog;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.Optional;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.json.MultilineTexts;
import kr.hhplus.commerce.kernel.json.Patch;
import kr.hhplus.commerce.kernel.text.Visible;
import org.hibernate.validator.constraints.CodePointLength;

/** A JSON Merge Patch (RFC 7396) of a product: absent fields stay, null removes. Stock has its own operation. */
public record ProductPatch(
        Optional<@Visible @CodePointLength(max = ProductDetails.NAME_MAX) String> name,
        Optional<@Min(0) @Max(ProductDetails.AMOUNT_MAX) Long> price,

        @JsonDeserialize(contentUsing = MultilineTexts.class)
        Optional<@CodePointLength(max = ProductDetails.DESCRIPTION_MAX) String> description,

        Optional<@Min(1) @Max(ProductDetails.PURCHASE_LIMIT_MAX) Long> purchaseLimit,
        Optional<Instant> saleStartsAt,
        Optional<Instant> saleEndsAt,
        Optional<Boolean> reservable) {

    public ProductPatch {
        Patch.requireNotRemoved(name, "/name");
        Patch.requireNotRemoved(price, "/price");
        Patch.requireNotRemoved(reservable, "/reservable");
    }

    Product applyTo(Product product) {
        return new Product(
                product.productId(),
                Patch.apply(name, product.name()),
                Won.of(Patch.apply(price, product.price().amount())),
                Won.CURRENCY,
                product.stock(),
                Patch.apply(description, product.description()),
                Patch.apply(purchaseLimit, product.purchaseLimit()),
                Patch.apply(saleStartsAt, product.saleStartsAt()),
                Patch.apply(saleEndsAt, product.saleEndsAt()),
                Patch.apply(reservable, product.reservable()));
    }
}
