package kr.hhplus.commerce.promotion;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import kr.hhplus.commerce.kernel.Won;

/**
 * A coupon's discount.
 *
 * @param value won for FIXED, whole per cent for PERCENT
 * @param maxAmount the maximum of a PERCENT discount, in won; null: no maximum
 */
public record Discount(
        @NotNull Type type,
        @NotNull @Min(1) @Max(1_000_000_000) Long value,
        @Min(1) @Max(1_000_000_000) Long maxAmount) {

    public enum Type {
        FIXED,
        PERCENT
    }

    /**
     * Returns the smallest total with a discount above 0. A percentage is rounded down, so it is 0 for smaller totals.
     */
    public Won leastTotal() {
        return Won.of(type == Type.FIXED ? 1 : (100 + value - 1) / value);
    }

    /** Returns the discount of a total: never more than the total; a percentage is rounded down to whole won. */
    public Won on(Won total) {
        if (type == Type.FIXED) {
            return Won.of(Math.min(value, total.amount()));
        }
        // Dividing first would lose precision; a total of 10^15 times 100 fits into a long.
        long share = Math.multiplyExact(total.amount(), value) / 100;
        return Won.of(maxAmount == null ? share : Math.min(share, maxAmount));
    }
}
