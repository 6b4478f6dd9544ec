package kr.hhplus.commerce.promotion;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import kr.hhplus.commerce.kernel.text.Visible;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a new campaign, from the API or a form. Amounts are in won.
 *
 * @param minAccountAgeDays how old an account must be to get a coupon; null for any
 * @param requiredClaim what the issuer must have verified about a user, such as {@code phone_number_verified}; null for
 *     nothing
 */
public record CampaignDetails(
        @Visible @CodePointLength(max = NAME_MAX) String name,
        @NotNull @Valid Discount discount,
        @NotNull @Min(0) @Max(1_000_000_000) Long minOrderAmount,
        @NotNull @Min(1) @Max(QUANTITY_MAX) Long totalQuantity,
        @NotNull Instant startsAt,
        @NotNull Instant endsAt,
        @NotNull @Min(1) @Max(3650) Integer couponValidDays,
        @Min(1) @Max(3650) @Nullable Integer minAccountAgeDays,

        @Pattern(regexp = "[A-Za-z0-9_.:/-]{1,100}") @Nullable
        String requiredClaim) {

    static final int NAME_MAX = 100;
    static final long QUANTITY_MAX = 10_000_000;

    /** Stored keys have fingerprints of this text, so it must not change for campaigns without demands. */
    @Override
    public String toString() {
        return "CampaignDetails[name=" + name + ", discount=" + discount + ", minOrderAmount=" + minOrderAmount
                + ", totalQuantity=" + totalQuantity + ", startsAt=" + startsAt + ", endsAt=" + endsAt
                + ", couponValidDays=" + couponValidDays
                + (minAccountAgeDays == null ? "" : ", minAccountAgeDays=" + minAccountAgeDays)
                + (requiredClaim == null ? "" : ", requiredClaim=" + requiredClaim) + "]";
    }
}
