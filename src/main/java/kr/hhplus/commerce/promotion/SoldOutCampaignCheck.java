package kr.hhplus.commerce.promotion;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.promotion.IssueRefusal.CouponSoldOut;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.soldout.SoldOutCache;
import kr.hhplus.commerce.soldout.SoldOutCacheRegistry;
import kr.hhplus.commerce.soldout.SoldOutType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Refuses a coupon of a sold-out campaign before the command is queued, except to users who may get another refusal:
 * they hold one already, or the campaign demands something of their account.
 */
@Component
class SoldOutCampaignCheck {

    private final Campaigns campaigns;
    private final CouponHolderCache holderCache;
    private final SaleSwitch sale;
    private final Clock clock;
    private final SoldOutCache<SoldOutCampaign> cache;

    /** The only open campaign at the last refresh, if it was sold out; for requests without a campaign. */
    private volatile @Nullable Long onlyOpenId;

    SoldOutCampaignCheck(
            Campaigns campaigns,
            CouponHolderCache holderCache,
            SaleSwitch sale,
            Clock clock,
            SoldOutCacheRegistry caches) {
        this.campaigns = campaigns;
        this.holderCache = holderCache;
        this.sale = sale;
        this.clock = clock;
        this.cache = caches.open(SoldOutType.CAMPAIGN, this::refresh);
    }

    /**
     * A sold-out campaign at the time of the read.
     *
     * @param onlyOpen whether no other campaign was open
     */
    private record SoldOutCampaign(Campaign campaign, CouponHolderIds holders, boolean onlyOpen) {}

    /** Reads which of these campaigns are sold out, and sets {@link #onlyOpenId}. */
    private Map<Long, SoldOutCampaign> refresh(Set<Long> campaignIds) {
        Map<Long, SoldOutCampaign> found = new HashMap<>();
        onlyOpenId = null;
        if (sale.refusalWhilePaused().isEmpty()) {
            Instant now = clock.instant();
            List<Long> openCampaignIds = campaigns.openAt(now);
            List<Campaign> soldOut = campaigns.findAll(campaignIds).stream()
                    .filter(campaign -> campaign.isOpen(now) && campaign.remaining() == 0)
                    .toList();
            Map<Long, CouponHolderIds> holderIds = holderCache.of(soldOut);
            for (Campaign campaign : soldOut) {
                CouponHolderIds ids = holderIds.get(campaign.campaignId());
                if (ids != null) {
                    boolean only = openCampaignIds.equals(List.of(campaign.campaignId()));
                    found.put(campaign.campaignId(), new SoldOutCampaign(campaign, ids, only));
                    onlyOpenId = only ? Long.valueOf(campaign.campaignId()) : onlyOpenId;
                }
            }
        }
        return found;
    }

    Optional<Refusal> refusalFor(IssueCoupon command) {
        Long campaignId = command.campaignId() == null ? onlyOpenId : command.campaignId();
        if (campaignId == null) {
            return Optional.empty();
        }
        return cache.refusalFor(campaignId, command, soldOut -> {
            boolean matchesCampaign = command.campaignId() != null || soldOut.onlyOpen();
            return matchesCampaign
                            && soldOut.campaign().isOpen(clock.instant())
                            && !soldOut.holders().contains(command.userId())
                            && !soldOut.campaign().demandsSomethingOf(command)
                    ? Optional.of(new CouponSoldOut(campaignId))
                    : Optional.empty();
        });
    }

    /** @param result null if the command failed */
    void onResult(@Nullable CommandResult<Coupon> result) {
        if (result instanceof CommandResult.Refused<Coupon> refused
                && refused.refusal() instanceof CouponSoldOut soldOut) {
            cache.markForCheck(soldOut.campaignId());
        }
    }
}
