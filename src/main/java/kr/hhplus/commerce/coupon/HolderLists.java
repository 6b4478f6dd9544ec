package kr.hhplus.commerce.coupon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.campaign.Campaign;
import kr.hhplus.commerce.hints.SignSettings;
import org.springframework.stereotype.Component;

/**
 * The holders of sold-out campaigns, read once in pages and kept while the campaign is looked at. All lists together
 * are bounded; who does not fit is left out.
 */
@Component
class HolderLists {

    private static final int PAGE = 10_000;

    private final Coupons coupons;
    private final long holdersMax;
    private Map<Long, HolderList> kept = Map.of();

    HolderLists(Coupons coupons, SignSettings settings) {
        this.coupons = coupons;
        this.holdersMax = settings.holdersMax();
    }

    /** Complete lists only, each with everybody up to the campaign's last place in line. For one thread alone. */
    Map<Long, HolderList> of(List<Campaign> soldOut) {
        Map<Long, HolderList> lists = new HashMap<>();
        long room = holdersMax;
        for (Campaign campaign : soldOut) {
            if (campaign.issued() <= room) {
                HolderList list = upTo(
                        campaign.issued(),
                        kept.getOrDefault(campaign.campaignId(), HolderList.EMPTY),
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

    private HolderList upTo(long issued, HolderList known, long campaignId) {
        HolderList list = known;
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
