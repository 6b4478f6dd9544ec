package kr.hhplus.commerce.promotion;

import java.time.Clock;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.MoneyPage;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Access(AccessRule.PUBLIC)
class CampaignController {

    private final Campaigns campaigns;
    private final Clock clock;

    CampaignController(Campaigns campaigns, Clock clock) {
        this.campaigns = campaigns;
        this.clock = clock;
    }

    @GetMapping("/campaigns")
    MoneyPage<Campaign> campaigns(
            @RequestParam(required = false) String cursor, @RequestParam(required = false) Integer size) {
        PageRequest page = PageRequest.of(cursor, size);
        Cursors cursors = page.cursorsOf("campaigns open now or soon");
        return MoneyPage.of(Page.of(
                        campaigns.openOrScheduled(clock.instant(), cursors.idBefore(), page.size() + 1),
                        page.size(),
                        cursors,
                        campaign -> IdText.of(campaign.campaignId()))
                .map(Campaign::listed));
    }
}
