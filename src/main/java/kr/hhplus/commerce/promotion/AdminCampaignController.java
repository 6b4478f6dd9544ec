package kr.hhplus.commerce.promotion;

import jakarta.validation.Valid;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.promotion.CampaignCommand.ChangeCampaign;
import kr.hhplus.commerce.promotion.CampaignCommand.CreateCampaign;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.response.Responses;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/admin/campaigns")
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class AdminCampaignController {

    private final CampaignService campaignService;

    AdminCampaignController(CampaignService campaignService) {
        this.campaignService = campaignService;
    }

    @PostMapping
    CompletableFuture<ResponseEntity<Campaign>> create(
            Caller caller,
            @Valid @RequestBody CampaignDetails details,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        IdempotencyKey idempotencyKey = IdempotencyKey.of(caller, key, "create campaign " + details);
        return Responses.created(
                campaignService.submit(new CreateCampaign(details, caller.name(), idempotencyKey)), null);
    }

    @PatchMapping(
            path = "/{campaignId}",
            consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
    CompletableFuture<ResponseEntity<Campaign>> change(
            Caller caller, @PathVariable @Id long campaignId, @Valid @RequestBody CampaignPatch patch) {
        return Responses.ok(campaignService.submit(new ChangeCampaign(campaignId, patch, caller.name())));
    }
}
