package kr.hhplus.commerce.promotion;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import kr.hhplus.commerce.kernel.Won;

/**
 * What a coupon takes off.
 *
 * @param value won for FIXED, whole per cent for PERCENT
 * @param maxAmount the most that a PERCENT discount takes off, in won; null: no such bound
 */
public record Discount(
        @NotNull Type type,
        @NotNull @Min(1) @Max(1_000_000_000) Long value,
        @Min(1) @Max(1_000_000_000) Long maxAmount) {

    public enum Type {
        FIXED,
        PERCENT
    }

    /** The least total of which it takes anything off. Per cent are rounded down, so of a smaller one it takes 0. */
    public Won leastTotal() {
        return Won.of(type == Type.FIXED ? 1 : (100 + value - 1) / value);
    }

    /** Never more than the total; per cent are rounded down to whole won. */
    public Won on(Won total) {
        if (type == Type.FIXED) {
            return Won.of(Math.min(value, total.amount()));
        }
        // Divided before multiplied would lose won; a total of 10^15 times 100 still fits.
        long share = Math.multiplyExact(total.amount(), value) / 100;
        return Won.of(maxAmount == null ? share : Math.min(share, maxAmount));
    }
}
