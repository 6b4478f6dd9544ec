package kr.hhplus.commerce.promotion;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import kr.hhplus.commerce.kernel.text.Visible;
import org.hibernate.validator.constraints.CodePointLength;

/** The fields of a new campaign, from the API or a form. Amounts are in won. */
public record CampaignDetails(
        @Visible @CodePointLength(max = NAME_MAX) String name,
        @NotNull @Valid Discount discount,
        @NotNull @Min(0) @Max(1_000_000_000) Long minOrderAmount,
        @NotNull @Min(1) @Max(QUANTITY_MAX) Long totalQuantity,
        @NotNull Instant startsAt,
        @NotNull Instant endsAt,
        @NotNull @Min(1) @Max(3650) Integer couponValidDays) {

    static final int NAME_MAX = 100;
    static final long QUANTITY_MAX = 10_000_000;
}
