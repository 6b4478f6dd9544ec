package kr.hhplus.commerce.promotion;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The locked coupons of one batch, in memory. Later commands of the batch see the changes of earlier ones. */
public final class BatchCoupons {

    private final Map<String, Coupon> coupons;
    private final Map<String, Coupon> changed = new LinkedHashMap<>();

    public BatchCoupons(Collection<Coupon> locked) {
        this.coupons = new HashMap<>(locked.stream().collect(Collectors.toMap(Coupon::couponId, Function.identity())));
    }

    /** Finds a coupon of this user; empty for another user's coupon. */
    public Optional<Coupon> find(String couponId, long userId) {
        return Optional.ofNullable(coupons.get(couponId)).filter(coupon -> coupon.userId() == userId);
    }

    public void use(Coupon coupon, String orderId, Instant now) {
        if (coupons.get(coupon.couponId()).isUsed()) {
            throw new IllegalStateException("coupon " + coupon.couponId() + " is already used");
        }
        put(coupon.usedBy(orderId, now));
    }

    /** Returns a coupon after its order was cancelled or wholly refunded. An expired coupon stays expired. */
    public void giveBack(String couponId, String orderId, Instant now) {
        Coupon coupon = coupons.get(couponId);
        if (!orderId.equals(coupon.usedOrderId())) {
            throw new IllegalStateException("coupon " + couponId + " is not used by order " + orderId);
        }
        put(coupon.usedBy(null, now));
    }

    private void put(Coupon coupon) {
        coupons.put(coupon.couponId(), coupon);
        changed.put(coupon.couponId(), coupon);
    }

    Collection<Coupon> changed() {
        return changed.values();
    }
}
