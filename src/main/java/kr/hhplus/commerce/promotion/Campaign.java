package kr.hhplus.commerce.promotion;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;

/**
 * A number of coupons for whoever comes first.
 *
 * @param remaining what is left to issue
 * @param startsAt the first instant at which it is open
 * @param endsAt the first instant at which it is no longer
 * @param issued null in the public list, as the two fields after it
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

    /** One coupon fewer to issue. */
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

    /** As buyers see it in a list, where the currency stands beside the items. */
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
