package kr.hhplus.commerce.promotion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.soldout.SoldOutProperties;
import org.springframework.stereotype.Component;

/**
 * Caches the coupon holders of sold-out campaigns, read once in pages. The total number of holders is bounded; a
 * campaign that does not fit has no list.
 */
@Component
class CouponHolders {

    private static final int PAGE = 10_000;

    private final Coupons coupons;
    private final long holdersMax;
    private Map<Long, CouponHolderIds> cache = Map.of();

    CouponHolders(Coupons coupons, SoldOutProperties properties) {
        this.coupons = coupons;
        this.holdersMax = properties.couponHoldersMax();
    }

    /** Returns complete lists of holders, by campaign. Single-threaded. */
    Map<Long, CouponHolderIds> of(List<Campaign> soldOut) {
        Map<Long, CouponHolderIds> lists = new HashMap<>();
        long holdersLeft = holdersMax;
        for (Campaign campaign : soldOut) {
            if (campaign.issued() <= holdersLeft) {
                CouponHolderIds list = complete(
                        campaign.issued(),
                        cache.getOrDefault(campaign.campaignId(), CouponHolderIds.EMPTY),
                        campaign.campaignId());
                if (list.size() == campaign.issued()) {
                    lists.put(campaign.campaignId(), list);
                    holdersLeft -= list.size();
                }
            }
        }
        cache = lists;
        return lists;
    }

    private CouponHolderIds complete(long issued, CouponHolderIds cached, long campaignId) {
        CouponHolderIds list = cached;
        while (list.size() < issued) {
            long[] page = coupons.holders(campaignId, list.size(), Math.min(issued, list.size() + PAGE));
            if (page.length == 0) {
                return list;
            }
            list = list.with(page);
        }
        return list;
    }
}
