package kr.hhplus.commerce.promotion;

import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;

/** No campaign has this id. */
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
