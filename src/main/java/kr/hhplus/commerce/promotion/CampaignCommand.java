package kr.hhplus.commerce.promotion;

import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/** What an operator does to campaigns: each with who did it, for the trail, and creating with a key of the request. */
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
