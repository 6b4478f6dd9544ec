package kr.hhplus.commerce.storefront;

import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import kr.hhplus.commerce.campaign.Campaigns;
import kr.hhplus.commerce.catalog.ProductList;
import kr.hhplus.commerce.catalog.ProductSort;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.ranking.BestSellers;
import kr.hhplus.commerce.shared.paging.PageRequest;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page: what there is, what sells, and the coupons. */
@HtmlPage
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
class HomeController {

    static final int QUERY_LENGTH_MAX = 100;
    private static final int PRODUCTS = 24;
    private static final int BEST_SELLERS = 5;
    private static final int CAMPAIGNS = 6;
    private static final String RANGE = "3days";

    private final ProductList products;
    private final BestSellers bestSellers;
    private final Campaigns campaigns;
    private final Clock clock;

    HomeController(ProductList products, BestSellers bestSellers, Campaigns campaigns, Clock clock) {
        this.products = products;
        this.bestSellers = bestSellers;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    @GetMapping("/")
    String home(
            @RequestParam(defaultValue = "") @Size(max = QUERY_LENGTH_MAX) String q,
            @RequestParam(required = false) String cursor,
            Model model) {
        model.addAttribute("q", q);
        model.addAttribute("products", products.page(q, ProductSort.NEWEST, PageRequest.of(cursor, PRODUCTS)));
        if (q.isBlank() && cursor == null) {
            model.addAttribute("bestSellers", bestSellers.over(Duration.ofDays(3), RANGE, BEST_SELLERS));
            model.addAttribute("campaigns", campaigns.openNowOrSoon(clock.instant(), Long.MAX_VALUE, CAMPAIGNS));
        }
        return "shop/home";
    }
}
