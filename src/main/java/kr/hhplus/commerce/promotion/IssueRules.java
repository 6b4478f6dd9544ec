package kr.hhplus.commerce.promotion;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.promotion.IssueRefusal.AccountTooYoung;
import kr.hhplus.commerce.promotion.IssueRefusal.CampaignNotOpen;
import kr.hhplus.commerce.promotion.IssueRefusal.ClaimRequired;
import kr.hhplus.commerce.promotion.IssueRefusal.CouponAlreadyIssued;
import kr.hhplus.commerce.promotion.IssueRefusal.CouponSoldOut;

/** Decides coupon issues: first come, first served, one per user and campaign. */
final class IssueRules {

    private IssueRules() {}

    /** Checks refusals in the order of the error codes. The sequence is the number of issued coupons plus one. */
    static CommandResult<Coupon> issue(IssueCoupon command, IssueBatch batch, String couponId, Instant now) {
        if (batch.refusalWhilePaused().isPresent()) {
            return CommandResult.refused(batch.refusalWhilePaused().get());
        }
        Long campaignId = command.campaignId();
        if (campaignId == null) {
            if (batch.openCampaignIds().isEmpty()) {
                return CommandResult.refused(Refusal.of(ErrorCode.NO_OPEN_CAMPAIGN));
            }
            if (batch.openCampaignIds().size() > 1) {
                return CommandResult.refused(Refusal.of(ErrorCode.CAMPAIGN_ID_REQUIRED));
            }
            campaignId = batch.openCampaignIds().get(0);
        }
        Campaign campaign = batch.campaign(campaignId);
        if (campaign == null) {
            return CommandResult.refused(new CampaignNotFound(campaignId));
        }
        if (!campaign.isOpen(now)) {
            return CommandResult.refused(new CampaignNotOpen(campaignId));
        }
        Optional<Refusal> unmet = unmetDemand(command, campaign, batch, now);
        if (unmet.isPresent()) {
            return CommandResult.refused(unmet.get());
        }
        if (batch.holds(campaignId, command.userId())) {
            return CommandResult.refused(new CouponAlreadyIssued(campaignId));
        }
        if (campaign.remaining() == 0) {
            return CommandResult.refused(new CouponSoldOut(campaignId));
        }
        Campaign after = campaign.afterIssuing();
        Coupon coupon = coupon(couponId, command.userId(), after, now);
        batch.issue(coupon, after);
        return CommandResult.done(coupon);
    }

    private static Optional<Refusal> unmetDemand(
            IssueCoupon command, Campaign campaign, IssueBatch batch, Instant now) {
        if (!campaign.demandsSomethingOf(command)) {
            return Optional.empty();
        }
        Integer days = campaign.minAccountAgeDays();
        if (days != null && !batch.accountIsOlder(command.userId(), Duration.ofDays(days), now)) {
            return Optional.of(new AccountTooYoung(campaign.campaignId(), days));
        }
        String claim = campaign.requiredClaim();
        return claim == null || command.claims().contains(claim)
                ? Optional.empty()
                : Optional.of(new ClaimRequired(campaign.campaignId(), claim));
    }

    private static Coupon coupon(String couponId, long userId, Campaign after, Instant now) {
        return new Coupon(
                couponId,
                after.campaignId(),
                userId,
                after.name(),
                after.discount(),
                after.minOrderAmount(),
                Won.CURRENCY,
                Coupon.Status.ISSUED,
                after.issued(),
                now,
                now.plus(Duration.ofDays(after.couponValidDays())),
                null);
    }
}
