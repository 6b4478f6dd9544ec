package kr.hhplus.commerce.promotion;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;

/**
 * A limited number of coupons, issued in order of arrival.
 *
 * @param remaining coupons left to issue
 * @param startsAt the first instant at which the campaign is open
 * @param endsAt the first instant after it
 * @param issued null in the public list, like the two following fields
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
        Boolean paused) {

    /** A sold-out campaign is still open. */
    public boolean isOpen(Instant now) {
        return !paused && !now.isBefore(startsAt) && now.isBefore(endsAt);
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
                isPaused);
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
                null);
    }
}
