package kr.hhplus.commerce.promotion;

import java.util.Optional;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;

/** Checks an operator's changes of a campaign. */
final class CampaignRules {

    private CampaignRules() {}

    /** A campaign must start before it ends, have a valid discount, and at least as many coupons as are issued. */
    static Optional<Refusal> check(Campaign campaign) {
        if (!campaign.startsAt().isBefore(campaign.endsAt())) {
            return endsBeforeStart();
        }
        if (campaign.remaining() < 0) {
            return Optional.of(InvalidRequest.at("/totalQuantity", "issued", campaign.issued()));
        }
        return check(campaign.discount());
    }

    static Optional<Refusal> endsBeforeStart() {
        return Optional.of(InvalidRequest.at("/endsAt", "after", "startsAt"));
    }

    static Optional<Refusal> check(Discount discount) {
        if (discount.type() == Discount.Type.PERCENT && discount.value() > 100) {
            return Optional.of(InvalidRequest.at("/discount/value", "Max", 100));
        }
        if (discount.type() == Discount.Type.FIXED && discount.maxAmount() != null) {
            return Optional.of(InvalidRequest.at("/discount/maxAmount", "percentOnly"));
        }
        return Optional.empty();
    }
}
