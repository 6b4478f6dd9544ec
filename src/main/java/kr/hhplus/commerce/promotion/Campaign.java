package kr.hhplus.commerce.promotion;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;
import org.jspecify.annotations.Nullable;

/**
 * A limited number of coupons, issued in order of arrival.
 *
 * @param remaining coupons left to issue
 * @param startsAt the first instant at which the campaign is open
 * @param endsAt the first instant after it
 * @param issued null in the public list, like the two following fields
 * @param minAccountAgeDays how old the account of a user must be; null for any
 * @param requiredClaim what the issuer must have verified about a user; null for nothing
 */
public record Campaign(
        long campaignId,
        String name,
        Discount discount,
        Won minOrderAmount,
        String currency,
        long totalQuantity,
        long remaining,
        Instant startsAt,
        Instant endsAt,
        Long issued,
        Integer couponValidDays,
        Boolean paused,
        @Nullable Integer minAccountAgeDays,
        @Nullable String requiredClaim) {

    /** A sold-out campaign is still open. */
    public boolean isOpen(Instant now) {
        return !paused && !now.isBefore(startsAt) && now.isBefore(endsAt);
    }

    /** Whether the campaign demands something of the user who acts for themselves. */
    boolean demandsSomethingOf(IssueCoupon command) {
        return command.claims() != null && (minAccountAgeDays != null || requiredClaim != null);
    }

    /** Returns the campaign with one more issued coupon. */
    public Campaign afterIssuing() {
        return with(name, totalQuantity, issued + 1, startsAt, endsAt, paused);
    }

    Campaign with(String newName, long total, long newIssued, Instant starts, Instant ends, boolean isPaused) {
        return new Campaign(
                campaignId,
                newName,
                discount,
                minOrderAmount,
                currency,
                total,
                total - newIssued,
                starts,
                ends,
                newIssued,
                couponValidDays,
                isPaused,
                minAccountAgeDays,
                requiredClaim);
    }

    /** Returns the campaign for the public list, which has one currency for all items. */
    Campaign listed() {
        return new Campaign(
                campaignId,
                name,
                discount,
                minOrderAmount,
                null,
                totalQuantity,
                remaining,
                startsAt,
                endsAt,
                null,
                null,
                null,
                minAccountAgeDays,
                requiredClaim);
    }
}
