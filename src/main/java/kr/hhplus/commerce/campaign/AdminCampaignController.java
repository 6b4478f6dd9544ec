package kr.hhplus.commerce.campaign;

import jakarta.validation.Valid;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.campaign.CampaignCommand.ChangeCampaign;
import kr.hhplus.commerce.campaign.CampaignCommand.CreateCampaign;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.Id;
import kr.hhplus.commerce.shared.http.answers.Answers;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
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
class AdminCampaignController {

    private final CampaignChanges changes;

    AdminCampaignController(CampaignChanges changes) {
        this.changes = changes;
    }

    @PostMapping
    CompletableFuture<ResponseEntity<Campaign>> create(
            Caller caller,
            @Valid @RequestBody CampaignDetails details,
            @RequestHeader(name = RequestKey.HEADER, required = false) String key) {
        RequestKey requestKey = RequestKey.of(caller, key, "create campaign " + details);
        return Answers.created(changes.submit(new CreateCampaign(details, caller.name(), requestKey)), null);
    }

    @PatchMapping(
            path = "/{campaignId}",
            consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
    CompletableFuture<ResponseEntity<Campaign>> change(
            Caller caller, @PathVariable @Id long campaignId, @Valid @RequestBody CampaignPatch patch) {
        return Answers.ok(changes.submit(new ChangeCampaign(campaignId, patch, caller.name())));
    }
}
