package kr.hhplus.commerce.promotion;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;

/**
 * A user's right to one discount.
 *
 * @param sequence 1 to N without gaps, per campaign, in order of issue
 * @param currency null in a list, which has one currency for all items
 * @param usedOrderId the id of the paid order that uses the coupon; null if unused
 */
public record Coupon(
        String couponId,
        long campaignId,
        long userId,
        String name,
        Discount discount,
        Won minOrderAmount,
        String currency,
        Status status,
        long sequence,
        Instant issuedAt,
        Instant expiresAt,
        String usedOrderId) {

    public enum Status {
        ISSUED,
        USED,
        EXPIRED
    }

    @JsonIgnore
    public boolean isUsed() {
        return usedOrderId != null;
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /**
     * Returns the coupon with another order.
     *
     * @param orderId the order that uses the coupon; null if it becomes unused
     */
    Coupon usedBy(String orderId, Instant now) {
        return new Coupon(
                couponId,
                campaignId,
                userId,
                name,
                discount,
                minOrderAmount,
                currency,
                statusAt(orderId, expiresAt, now),
                sequence,
                issuedAt,
                expiresAt,
                orderId);
    }

    static Status statusAt(String usedOrderId, Instant expiresAt, Instant now) {
        if (usedOrderId != null) {
            return Status.USED;
        }
        return now.isBefore(expiresAt) ? Status.ISSUED : Status.EXPIRED;
    }

    Coupon listed() {
        return new Coupon(
                couponId,
                campaignId,
                userId,
                name,
                discount,
                minOrderAmount,
                null,
                status,
                sequence,
                issuedAt,
                expiresAt,
                usedOrderId);
    }
}
