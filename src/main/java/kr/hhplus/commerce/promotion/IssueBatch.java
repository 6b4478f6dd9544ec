package kr.hhplus.commerce.promotion;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.promotion.Coupons.Holder;

/** The locked state on which a batch of issues is decided, and the coupons that it issued. */
final class IssueBatch {

    private final Map<Long, Campaign> campaigns;
    private final List<Long> openCampaignIds;
    private final Set<Holder> holders;
    private final Map<Long, Instant> accountsCreatedAt;
    private final Optional<Refusal> refusalWhilePaused;
    private final Map<Long, Campaign> changed = new LinkedHashMap<>();
    private final List<Coupon> issued = new ArrayList<>();

    /**
     * Creates a batch.
     *
     * @param openCampaignIds ids of the campaigns that are open, in ascending order; empty if every command of the
     *     batch names its campaign
     * @param holders users of the batch who already have a coupon; empty if none has
     * @param accountsCreatedAt when the accounts of users were created, if a campaign demands an age
     */
    IssueBatch(
            Map<Long, Campaign> campaigns,
            List<Long> openCampaignIds,
            Set<Holder> holders,
            Map<Long, Instant> accountsCreatedAt,
            Optional<Refusal> refusalWhilePaused) {
        this.campaigns = new HashMap<>(campaigns);
        this.openCampaignIds = openCampaignIds;
        this.holders = new HashSet<>(holders);
        this.accountsCreatedAt = accountsCreatedAt;
        this.refusalWhilePaused = refusalWhilePaused;
    }

    Optional<Refusal> refusalWhilePaused() {
        return refusalWhilePaused;
    }

    List<Long> openCampaignIds() {
        return openCampaignIds;
    }

    Campaign campaign(long campaignId) {
        return campaigns.get(campaignId);
    }

    boolean holds(long campaignId, long userId) {
        return holders.contains(new Holder(campaignId, userId));
    }

    /** An account of unknown age is not old enough. */
    boolean accountIsOlder(long userId, Duration age, Instant now) {
        Instant created = accountsCreatedAt.get(userId);
        return created != null && !created.plus(age).isAfter(now);
    }

    void issue(Coupon coupon, Campaign after) {
        campaigns.put(after.campaignId(), after);
        changed.put(after.campaignId(), after);
        holders.add(new Holder(coupon.campaignId(), coupon.userId()));
        issued.add(coupon);
    }

    List<Coupon> issued() {
        return issued;
    }

    Collection<Campaign> changed() {
        return changed.values();
    }
}
