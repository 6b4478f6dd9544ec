package kr.hhplus.commerce.campaign;

import java.util.Optional;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.shared.problem.Refusal;

/** Decides what an operator may make of a campaign. */
final class CampaignRules {

    private CampaignRules() {}

    /** It starts before it ends, has a discount that makes sense, and never fewer coupons than are issued. */
    static Optional<Refusal> check(Campaign campaign) {
        if (!campaign.startsAt().isBefore(campaign.endsAt())) {
            return endsTooEarly();
        }
        if (campaign.remaining() < 0) {
            return Optional.of(InvalidRequest.at(
                    "/totalQuantity", "must not be less than the " + campaign.issued() + " already issued"));
        }
        return check(campaign.discount());
    }

    static Optional<Refusal> endsTooEarly() {
        return Optional.of(InvalidRequest.at("/endsAt", "must be after startsAt"));
    }

    static Optional<Refusal> check(Discount discount) {
        if (discount.type() == Discount.Type.PERCENT && discount.value() > 100) {
            return Optional.of(InvalidRequest.at("/discount/value", "must be at most 100 per cent"));
        }
        if (discount.type() == Discount.Type.FIXED && discount.maxAmount() != null) {
            return Optional.of(InvalidRequest.at("/discount/maxAmount", "is for PERCENT discounts only"));
        }
        return Optional.empty();
    }
}
