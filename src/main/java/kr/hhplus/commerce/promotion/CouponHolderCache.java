package kr.hhplus.commerce.promotion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.soldout.SoldOutProperties;
import org.springframework.stereotype.Component;

/**
 * Caches the coupon holders of sold-out campaigns, read once in pages. The total number of holders is bounded; a
 * campaign that does not fit has none.
 */
@Component
class CouponHolderCache {

    private static final int PAGE = 10_000;

    private final Coupons coupons;
    private final long holdersMax;
    private Map<Long, CouponHolderIds> cache = Map.of();

    CouponHolderCache(Coupons coupons, SoldOutProperties properties) {
        this.coupons = coupons;
        this.holdersMax = properties.couponHoldersMax();
    }

    /** Returns the ids of all holders, by campaign. Single-threaded. */
    Map<Long, CouponHolderIds> of(List<Campaign> soldOut) {
        Map<Long, CouponHolderIds> holderIds = new HashMap<>();
        long holdersLeft = holdersMax;
        for (Campaign campaign : soldOut) {
            if (campaign.issued() <= holdersLeft) {
                CouponHolderIds ids = readMissing(
                        campaign.issued(),
                        cache.getOrDefault(campaign.campaignId(), CouponHolderIds.EMPTY),
                        campaign.campaignId());
                if (ids.size() == campaign.issued()) {
                    holderIds.put(campaign.campaignId(), ids);
                    holdersLeft -= ids.size();
                }
            }
        }
        cache = holderIds;
        return holderIds;
    }

    private CouponHolderIds readMissing(long issued, CouponHolderIds cached, long campaignId) {
        CouponHolderIds ids = cached;
        while (ids.size() < issued) {
            long[] page = coupons.holderIds(campaignId, ids.size(), Math.min(issued, ids.size() + PAGE));
            if (page.length == 0) {
                return ids;
            }
            ids = ids.with(page);
        }
        return ids;
    }
}
