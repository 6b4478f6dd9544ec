package kr.hhplus.commerce.promotion;

import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/** An operator's change of campaigns. {@code operator} is the name of the operator, for the audit log. */
public sealed interface CampaignCommand extends IdempotentCommand {

    record CreateCampaign(CampaignDetails details, String operator, IdempotencyKey idempotencyKey)
            implements CampaignCommand {}

    record ChangeCampaign(long campaignId, CampaignPatch patch, String operator) implements CampaignCommand {
        @Override
        public IdempotencyKey idempotencyKey() {
            return IdempotencyKey.NONE;
        }
    }

    @Override
    default long ownerId() {
        return OPERATOR;
    }
}
