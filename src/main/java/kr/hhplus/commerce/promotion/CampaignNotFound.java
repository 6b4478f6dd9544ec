package kr.hhplus.commerce.promotion;

import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;

/** There is no campaign of this number, for a buyer as for an operator. */
public record CampaignNotFound(long campaignId) implements Refusal {

    @Override
    public ErrorCode code() {
        return ErrorCode.CAMPAIGN_NOT_FOUND;
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of("campaignId", campaignId);
    }
}
