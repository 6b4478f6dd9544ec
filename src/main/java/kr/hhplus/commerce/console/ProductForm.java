package kr.hhplus.commerce.console;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.ProductPatch;
import kr.hhplus.commerce.kernel.json.Multiline;

/**
 * A product's changeable fields, and their values when the form was shown. The patch contains only the fields that the
 * operator changed, so that it does not undo another operator's change.
 *
 * @param was the values when the form was shown; null in those
 */
record ProductForm(
        String name,
        Long price,
        @Multiline String description,
        Long purchaseLimit,
        Instant saleStartsAt,
        Instant saleEndsAt,
        Boolean reservable,
        ProductForm was) {

    private static final ProductForm EMPTY = new ProductForm(null, null, null, null, null, null, null, null);

    static ProductForm of(Product product) {
        ProductForm shown = new ProductForm(
                product.name(),
                product.price().amount(),
                product.description(),
                product.purchaseLimit(),
                product.saleStartsAt(),
                product.saleEndsAt(),
                product.reservable(),
                null);
        return new ProductForm(
                shown.name,
                shown.price,
                shown.description,
                shown.purchaseLimit,
                shown.saleStartsAt,
                shown.saleEndsAt,
                shown.reservable,
                shown);
    }

    /**
     * Returns the changed fields.
     *
     * @throws kr.hhplus.commerce.kernel.RefusedException INVALID_REQUEST if the name or the price was emptied
     */
    ProductPatch patch() {
        ProductForm before = was == null ? EMPTY : was;
        return new ProductPatch(
                changed(name, before.name),
                changed(price, before.price),
                changed(description, before.description),
                changed(purchaseLimit, before.purchaseLimit),
                changed(saleStartsAt, before.saleStartsAt),
                changed(saleEndsAt, before.saleEndsAt),
                changed(reservable, before.reservable));
    }

    /** Returns null if the field is unchanged, empty if it is removed. */
    static <T> Optional<T> changed(T value, T before) {
        return Objects.equals(value, before) ? null : Optional.ofNullable(value);
    }
}
