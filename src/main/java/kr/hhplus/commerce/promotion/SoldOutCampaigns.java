package kr.hhplus.commerce.promotion;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.promotion.IssueRefusal.CouponSoldOut;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.soldout.SoldOutCache;
import kr.hhplus.commerce.soldout.SoldOutCaches;
import kr.hhplus.commerce.soldout.SoldOutType;
import org.springframework.stereotype.Component;

/** Refuses, before it queues, who wants a coupon of a sold-out campaign and has none of it already. */
@Component
class SoldOutCampaigns {

    private final Campaigns campaigns;
    private final CouponHolders holders;
    private final SaleSwitch sale;
    private final Clock clock;
    private final SoldOutCache<Seen> signs;

    /** The one campaign that was open at the last look, for requests that name none; null where it is not known. */
    private volatile Long onlyOpen;

    SoldOutCampaigns(Campaigns campaigns, CouponHolders holders, SaleSwitch sale, Clock clock, SoldOutCaches all) {
        this.campaigns = campaigns;
        this.holders = holders;
        this.sale = sale;
        this.clock = clock;
        this.signs = all.open(SoldOutType.CAMPAIGN, this::soldOut);
    }

    /**
     * A sold-out campaign as the database had it.
     *
     * @param onlyOpen whether no other was open
     */
    private record Seen(Campaign campaign, CouponHolderQuery holders, boolean onlyOpen) {}

    private Map<Long, Seen> soldOut(Set<Long> campaignIds) {
        Map<Long, Seen> seen = new HashMap<>();
        onlyOpen = null;
        if (sale.pause().isEmpty()) {
            Instant now = clock.instant();
            List<Long> open = campaigns.openAt(now);
            List<Campaign> soldOut = campaigns.findAll(campaignIds).stream()
                    .filter(campaign -> campaign.isOpen(now) && campaign.remaining() == 0)
                    .toList();
            Map<Long, CouponHolderQuery> lists = holders.of(soldOut);
            for (Campaign campaign : soldOut) {
                CouponHolderQuery list = lists.get(campaign.campaignId());
                if (list != null) {
                    boolean only = open.equals(List.of(campaign.campaignId()));
                    seen.put(campaign.campaignId(), new Seen(campaign, list, only));
                    onlyOpen = only ? Long.valueOf(campaign.campaignId()) : onlyOpen;
                }
            }
        }
        return seen;
    }

    /** The refusal at once where a sign is up, else what the lane says; and learns from that before anybody is told. */
    CompletableFuture<CommandResult<Coupon>> refuseOr(
            Function<IssueCoupon, CompletableFuture<CommandResult<Coupon>>> lane, IssueCoupon command) {
        return refusal(command)
                .map(refusal -> CompletableFuture.completedFuture(CommandResult.<Coupon>refused(refusal)))
                .orElseGet(() -> lane.apply(command).whenComplete((answer, failure) -> learn(answer)));
    }

    private Optional<Refusal> refusal(IssueCoupon command) {
        Long campaignId = command.campaignId() == null ? onlyOpen : command.campaignId();
        if (campaignId == null) {
            return Optional.empty();
        }
        return signs.refusal(campaignId, command, seen -> {
            boolean meant = command.campaignId() != null || seen.onlyOpen();
            return meant
                            && seen.campaign().isOpen(clock.instant())
                            && !seen.holders().contains(command.userId())
                    ? Optional.of(new CouponSoldOut(campaignId))
                    : Optional.empty();
        });
    }

    private void learn(CommandResult<Coupon> answer) {
        if (answer instanceof CommandResult.Refused<Coupon> refused
                && refused.refusal() instanceof CouponSoldOut soldOut) {
            signs.suspect(soldOut.campaignId());
        }
    }
}
