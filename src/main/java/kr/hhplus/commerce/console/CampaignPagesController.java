package kr.hhplus.commerce.console;

import jakarta.validation.Valid;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.promotion.Campaign;
import kr.hhplus.commerce.promotion.CampaignCommand.ChangeCampaign;
import kr.hhplus.commerce.promotion.CampaignCommand.CreateCampaign;
import kr.hhplus.commerce.promotion.CampaignDetails;
import kr.hhplus.commerce.promotion.CampaignNotFound;
import kr.hhplus.commerce.promotion.CampaignPatch;
import kr.hhplus.commerce.promotion.CampaignService;
import kr.hhplus.commerce.promotion.Campaigns;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** Campaigns: list, creation and changes. */
@HtmlPage
@RequestMapping(path = "/console/campaigns", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class CampaignPagesController {

    private final Campaigns campaigns;
    private final CampaignService service;
    private final FormBinding binding;
    private final FormSubmissions submissions;
    private final Clock clock;

    CampaignPagesController(
            Campaigns campaigns,
            CampaignService service,
            FormBinding binding,
            FormSubmissions submissions,
            Clock clock) {
        this.campaigns = campaigns;
        this.service = service;
        this.binding = binding;
        this.submissions = submissions;
        this.clock = clock;
    }

    @InitBinder("form")
    void bind(WebDataBinder binder) {
        binding.register(binder);
    }

    /** The actions of the buttons. Each sets a state instead of toggling it, so that a second click changes nothing. */
    enum Action {
        OPEN,
        PAUSE,
        RESUME;

        CampaignPatch patch(Instant now) {
            Optional<Instant> startsAt = this == OPEN ? Optional.of(now.truncatedTo(ChronoUnit.MILLIS)) : null;
            return new CampaignPatch(null, startsAt, null, null, Optional.of(this == PAUSE));
        }
    }

    @GetMapping
    String list(@RequestParam(required = false) String cursor, Model model) {
        PageRequest page = PageRequest.of(cursor, null);
        Cursors cursors = page.cursorsOf("campaigns");
        List<Campaign> found = campaigns.page(cursors.idBefore(), page.size() + 1);
        model.addAttribute(
                "campaigns", Page.of(found, page.size(), cursors, campaign -> IdText.of(campaign.campaignId())));
        model.addAttribute("now", clock.instant());
        return "console/campaigns";
    }

    @GetMapping("/new")
    ModelAndView blank() {
        return new ModelAndView("console/campaign-new", "form", CampaignForm.defaults(clock.instant()));
    }

    @PostMapping
    ModelAndView create(
            Visitor visitor,
            @RequestParam(required = false) String key,
            @Valid @ModelAttribute("form") CampaignDetails form,
            BindingResult errors,
            ServletWebRequest request) {
        return submissions
                .submit(
                        errors,
                        request,
                        () -> service.submit(new CreateCampaign(
                                form,
                                visitor.caller().name(),
                                IdempotencyKey.of(visitor.caller(), key, "create campaign " + form))))
                .map(campaign -> done(campaign.campaignId(), "created"))
                .orElseGet(() -> new ModelAndView("console/campaign-new"));
    }

    @GetMapping("/{campaignId}")
    ModelAndView one(@PathVariable @Id long campaignId) {
        Campaign campaign = find(campaignId);
        return page(campaign).addObject("form", CampaignForm.of(campaign));
    }

    private ModelAndView page(Campaign campaign) {
        return new ModelAndView("console/campaign", "campaign", campaign).addObject("now", clock.instant());
    }

    private static ModelAndView done(long campaignId, String action) {
        return new ModelAndView(SeeOther.to("/console/campaigns/" + campaignId + "?done=" + action));
    }

    private Campaign find(long campaignId) {
        return campaigns.findAll(List.of(campaignId)).stream()
                .findFirst()
                .orElseThrow(() -> new RefusedException(new CampaignNotFound(campaignId)));
    }

    @PostMapping(path = "/{campaignId}", params = "action")
    ModelAndView act(
            Visitor visitor,
            @PathVariable @Id long campaignId,
            @RequestParam Action action,
            ServletWebRequest request) {
        return submissions
                .submit(
                        request,
                        () -> service.submit(new ChangeCampaign(
                                campaignId,
                                action.patch(clock.instant()),
                                visitor.caller().name())))
                .map(campaign -> done(campaignId, "changed"))
                .orElseGet(() -> one(campaignId));
    }

    @PostMapping("/{campaignId}")
    ModelAndView change(
            Visitor visitor,
            @PathVariable @Id long campaignId,
            @Valid @ModelAttribute("form") CampaignForm form,
            BindingResult errors,
            ServletWebRequest request) {
        return submissions
                .submit(
                        errors,
                        request,
                        () -> service.submit(new ChangeCampaign(
                                campaignId,
                                submissions.valid(form.patch()),
                                visitor.caller().name())))
                .map(campaign -> done(campaignId, "changed"))
                .orElseGet(() -> page(find(campaignId)));
    }
}
