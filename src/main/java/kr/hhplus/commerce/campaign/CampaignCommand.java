package kr.hhplus.commerce.campaign;

import kr.hhplus.commerce.shared.idempotency.Keyed;
import kr.hhplus.commerce.shared.idempotency.RequestKey;

/** What an operator does to campaigns: each with who did it, for the trail, and creating with a key of the request. */
public sealed interface CampaignCommand extends Keyed {

    record CreateCampaign(CampaignDetails details, String by, RequestKey requestKey) implements CampaignCommand {}

    record ChangeCampaign(long campaignId, CampaignPatch patch, String by) implements CampaignCommand {
        @Override
        public RequestKey requestKey() {
            return RequestKey.NONE;
        }
    }

    @Override
    default long keyOwner() {
        return OPERATOR;
    }
}
