package kr.hhplus.commerce.console;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.pages.FormTimes;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.promotion.Campaign;
import kr.hhplus.commerce.promotion.CampaignCommand.ChangeCampaign;
import kr.hhplus.commerce.promotion.CampaignCommand.CreateCampaign;
import kr.hhplus.commerce.promotion.CampaignDetails;
import kr.hhplus.commerce.promotion.CampaignNotFound;
import kr.hhplus.commerce.promotion.CampaignService;
import kr.hhplus.commerce.promotion.Campaigns;
import kr.hhplus.commerce.promotion.JdbcCampaignLists;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Campaigns: all of them, a new one, and one by itself with what can be done to it. */
@HtmlPage
@RequestMapping(path = "/console/campaigns", produces = MediaType.TEXT_HTML_VALUE)
class CampaignPagesController {

    private final Campaigns campaigns;
    private final JdbcCampaignLists lists;
    private final CampaignService changes;
    private final CampaignForm form;
    private final FormAnswers answers;
    private final FormTimes times;
    private final Clock clock;

    CampaignPagesController(
            Campaigns campaigns,
            JdbcCampaignLists lists,
            CampaignService changes,
            CampaignForm form,
            FormAnswers answers,
            FormTimes times,
            Clock clock) {
        this.campaigns = campaigns;
        this.lists = lists;
        this.changes = changes;
        this.form = form;
        this.answers = answers;
        this.times = times;
        this.clock = clock;
    }

    @GetMapping
    String list(@RequestParam(required = false) String cursor, Model model) {
        PageRequest page = PageRequest.of(cursor, null);
        Cursors cursors = page.cursorsOf("campaigns");
        List<Campaign> found = lists.page(cursors.idBefore(), page.size() + 1);
        model.addAttribute(
                "campaigns", Page.of(found, page.size(), cursors, campaign -> IdText.of(campaign.campaignId())));
        model.addAttribute("now", clock.instant());
        return "console/campaigns";
    }

    @GetMapping("/new")
    ModelAndView blank() {
        return create(CampaignForm.blank(clock.instant(), times));
    }

    private ModelAndView create(Map<String, String> typed) {
        return new ModelAndView("console/campaign-new", "form", typed);
    }

    @PostMapping
    ModelAndView create(Submission sent) {
        return answers.answer(
                sent,
                () -> {
                    CampaignDetails details = form.details(sent.typed(), sent.request());
                    IdempotencyKey key = IdempotencyKey.of(sent.caller(), sent.key(), "create campaign " + details);
                    return FormAnswers.settled(changes.submit(
                            new CreateCampaign(details, sent.caller().name(), key)));
                },
                campaign -> "/console/campaigns/" + campaign.campaignId() + "?done=created",
                () -> create(sent.typed()));
    }

    @GetMapping("/{campaignId}")
    ModelAndView one(@PathVariable @Id long campaignId) {
        return one(find(campaignId), Map.of());
    }

    private ModelAndView one(Campaign campaign, Map<String, String> typed) {
        Map<String, String> shown = new HashMap<>(form.of(campaign));
        shown.putAll(typed);
        ModelAndView page = new ModelAndView("console/campaign", "campaign", campaign);
        page.addObject("form", shown);
        page.addObject("was", FormAnswers.was(form.of(campaign)));
        page.addObject("now", clock.instant());
        return page;
    }

    private Campaign find(long campaignId) {
        return campaigns.findAll(List.of(campaignId)).stream()
                .findFirst()
                .orElseThrow(() -> new RefusedException(new CampaignNotFound(campaignId)));
    }

    @PostMapping("/{campaignId}")
    ModelAndView change(@PathVariable @Id long campaignId, Submission sent) {
        return answers.answer(
                sent,
                () -> FormAnswers.settled(changes.submit(new ChangeCampaign(
                        campaignId,
                        form.patch(sent.typed(), clock.instant(), sent.request()),
                        sent.caller().name()))),
                campaign -> "/console/campaigns/" + campaignId + "?done=changed",
                () -> one(find(campaignId), sent.typed()));
    }
}
