package kr.hhplus.commerce.order;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.text.Visible;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * A refund of pieces as an API client or a form sends it.
 *
 * @param restock whether the pieces can be sold again; null: they can. Only operators may say it
 */
public record RefundRequest(
        @NotNull @Size(min = 1, max = OrderRequest.LINES_MAX)
        List<OrderRequest.@NotNull @Valid Line> items,

        @Visible(optional = true) @CodePointLength(min = 1, max = 200) @Nullable
        String reason,

        @Nullable Boolean restock) {

    /**
     * Creates a request from a form that has a field {@code quantity-<productId>} for each line of the order. Fields
     * that are empty or 0 are left out.
     *
     * @param field returns the text of a field, or null
     * @throws RefusedException INVALID_REQUEST if a field is not a whole number
     */
    public static RefundRequest ofForm(
            Order order, UnaryOperator<@Nullable String> field, @Nullable String reason, @Nullable Boolean restock) {
        List<OrderRequest.Line> lines = new ArrayList<>();
        for (Order.Item item : order.items()) {
            String name = "quantity-" + item.productId();
            long quantity = number(name, field.apply(name));
            if (quantity != 0) {
                lines.add(new OrderRequest.Line(item.productId(), quantity));
            }
        }
        return new RefundRequest(lines, reason == null || reason.isBlank() ? null : reason, restock);
    }

    private static long number(String name, @Nullable String text) {
        try {
            return text == null || text.isBlank() ? 0 : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new RefusedException(InvalidRequest.at("/" + name, "integer"));
        }
    }

    /** Lines of one product are added up. */
    SortedMap<Long, Long> quantities() {
        SortedMap<Long, Long> quantities = new TreeMap<>();
        items.forEach(line -> quantities.merge(line.productId(), line.quantity(), Math::addExact));
        return quantities;
    }
}
