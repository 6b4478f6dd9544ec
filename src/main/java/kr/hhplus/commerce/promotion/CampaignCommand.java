package kr.hhplus.commerce.promotion;

import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/** An operator's change of campaigns. {@code by} is the name of the operator, for the audit log. */
public sealed interface CampaignCommand extends IdempotentCommand {

    record CreateCampaign(CampaignDetails details, String by, IdempotencyKey requestKey) implements CampaignCommand {}

    record ChangeCampaign(long campaignId, CampaignPatch patch, String by) implements CampaignCommand {
        @Override
        public IdempotencyKey requestKey() {
            return IdempotencyKey.NONE;
        }
    }

    @Override
    default long ownerId() {
        return OPERATOR;
    }
}
