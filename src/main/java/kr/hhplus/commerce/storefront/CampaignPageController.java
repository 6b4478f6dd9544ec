package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.CommandResults;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.promotion.Campaign;
import kr.hhplus.commerce.promotion.CampaignNotFound;
import kr.hhplus.commerce.promotion.Campaigns;
import kr.hhplus.commerce.promotion.CouponService;
import kr.hhplus.commerce.promotion.IssueRequest;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** A coupon campaign: its window, the coupons left and the form that issues one; afterwards the sequence. */
@HtmlPage
@RequestMapping(path = "/shop/coupons/{campaignId}", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class CampaignPageController {

    private static final String TEMPLATE = "shop/campaign";

    private final Campaigns campaigns;
    private final CouponService coupons;
    private final Clock clock;
    private final RefusedForms refused;

    CampaignPageController(Campaigns campaigns, CouponService coupons, Clock clock, RefusedForms refused) {
        this.campaigns = campaigns;
        this.coupons = coupons;
        this.clock = clock;
        this.refused = refused;
    }

    @GetMapping
    @Access(AccessRule.PUBLIC)
    ModelAndView campaign(Visitor visitor, @PathVariable @Id long campaignId) {
        return new ModelAndView(TEMPLATE, form(visitor, campaignId));
    }

    @PostMapping
    @RateLimited(RateLimitGroup.ISSUE)
    CompletionStage<View> issue(Visitor visitor, @PathVariable @Id long campaignId, @RequestParam String key) {
        return coupons.issue(visitor.caller(), new IssueRequest(visitor.user(), campaignId), key)
                .thenApply(CommandResults::valueOrThrow)
                .thenApply(coupon -> SeeOther.to("/shop/coupons/" + campaignId + "?issued"));
    }

    @ExceptionHandler(Exception.class)
    ModelAndView again(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        String campaignId = RefusedForms.pathVariable(request, "campaignId");
        return refused.again(
                TEMPLATE, () -> form(Visitor.of(request), Long.parseLong(campaignId)), failure, request, response);
    }

    private Map<String, Object> form(Visitor visitor, long campaignId) {
        Campaign campaign = campaigns.findAll(List.of(campaignId)).stream()
                .findFirst()
                .orElseThrow(() -> new RefusedException(new CampaignNotFound(campaignId)));
        Instant now = clock.instant();
        Map<String, Object> model = new HashMap<>();
        model.put("campaign", campaign);
        model.put("windowState", SaleWindowState.of(campaign.startsAt(), campaign.endsAt(), now));
        model.put("now", now);
        if (visitor.hasUser()) {
            coupons.find(visitor.user(), campaignId).ifPresent(coupon -> model.put("issuedCoupon", coupon));
        }
        return model;
    }
}
