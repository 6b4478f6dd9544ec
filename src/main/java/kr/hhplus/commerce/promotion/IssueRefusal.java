package kr.hhplus.commerce.promotion;

import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;

/** Refusals of coupon issues that have fields. The one that the sale switch causes is SalePaused. */
sealed interface IssueRefusal extends Refusal {

    record CampaignNotOpen(long campaignId) implements IssueRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.CAMPAIGN_NOT_OPEN;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("campaignId", campaignId);
        }
    }

    record AccountTooYoung(long campaignId, int minAccountAgeDays) implements IssueRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.ACCOUNT_TOO_YOUNG;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("campaignId", campaignId, "minAccountAgeDays", minAccountAgeDays);
        }
    }

    record ClaimRequired(long campaignId, String requiredClaim) implements IssueRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.CLAIM_REQUIRED;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("campaignId", campaignId, "requiredClaim", requiredClaim);
        }
    }

    record CouponAlreadyIssued(long campaignId) implements IssueRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.COUPON_ALREADY_ISSUED;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("campaignId", campaignId);
        }
    }

    record CouponSoldOut(long campaignId) implements IssueRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.COUPON_SOLD_OUT;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("campaignId", campaignId);
        }
    }
}
