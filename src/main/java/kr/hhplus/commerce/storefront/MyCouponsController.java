package kr.hhplus.commerce.storefront;

import java.time.Clock;
import java.util.List;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.promotion.Campaigns;
import kr.hhplus.commerce.promotion.Coupon;
import kr.hhplus.commerce.promotion.Coupons;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A user's coupons, and the campaigns that are open or scheduled. */
@HtmlPage
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class MyCouponsController {

    private final Coupons coupons;
    private final Campaigns campaigns;
    private final StorefrontProperties properties;
    private final Clock clock;

    MyCouponsController(Coupons coupons, Campaigns campaigns, StorefrontProperties properties, Clock clock) {
        this.coupons = coupons;
        this.campaigns = campaigns;
        this.properties = properties;
        this.clock = clock;
    }

    @GetMapping("/shop/coupons")
    String coupons(Visitor visitor, @RequestParam(required = false) String cursor, Model model) {
        PageRequest page = PageRequest.of(cursor, properties.rowsPerPage());
        Cursors cursors = page.cursorsOf("coupons", visitor.user(), null);
        List<Coupon> found = coupons.ofUser(visitor.user(), null, cursors.idBefore(), page.size() + 1);
        model.addAttribute("coupons", Page.of(found, page.size(), cursors, Coupon::couponId));
        model.addAttribute(
                "campaigns", campaigns.openOrScheduled(clock.instant(), Long.MAX_VALUE, properties.rowsPerPage()));
        model.addAttribute("now", clock.instant());
        return "shop/coupons";
    }
}
