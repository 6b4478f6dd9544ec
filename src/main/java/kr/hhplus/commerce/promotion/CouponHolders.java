package kr.hhplus.commerce.promotion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.soldout.SoldOutProperties;
import org.springframework.stereotype.Component;

/**
 * The holders of sold-out campaigns, read once in pages and kept while the campaign is looked at. All lists together
 * are bounded; who does not fit is left out.
 */
@Component
class CouponHolders {

    private static final int PAGE = 10_000;

    private final Coupons coupons;
    private final long holdersMax;
    private Map<Long, CouponHolderQuery> kept = Map.of();

    CouponHolders(Coupons coupons, SoldOutProperties properties) {
        this.coupons = coupons;
        this.holdersMax = properties.couponHoldersMax();
    }

    /** Complete lists only, each with everybody up to the campaign's last place in line. For one thread alone. */
    Map<Long, CouponHolderQuery> of(List<Campaign> soldOut) {
        Map<Long, CouponHolderQuery> lists = new HashMap<>();
        long room = holdersMax;
        for (Campaign campaign : soldOut) {
            if (campaign.issued() <= room) {
                CouponHolderQuery list = upTo(
                        campaign.issued(),
                        kept.getOrDefault(campaign.campaignId(), CouponHolderQuery.EMPTY),
                        campaign.campaignId());
                if (list.size() == campaign.issued()) {
                    lists.put(campaign.campaignId(), list);
                    room -= list.size();
                }
            }
        }
        kept = lists;
        return lists;
    }

    private CouponHolderQuery upTo(long issued, CouponHolderQuery known, long campaignId) {
        CouponHolderQuery list = known;
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
