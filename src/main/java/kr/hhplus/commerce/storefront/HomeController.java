package kr.hhplus.commerce.storefront;

import java.time.Clock;
import kr.hhplus.commerce.catalog.ProductList;
import kr.hhplus.commerce.catalog.ProductSort;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.kernel.text.TextRules;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.promotion.Campaigns;
import kr.hhplus.commerce.ranking.BestSellers;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The home page: products, best sellers and coupon campaigns. */
@HtmlPage
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.PUBLIC)
class HomeController {

    private static final int QUERY_LENGTH_MAX = 100;

    private final ProductList products;
    private final BestSellers bestSellers;
    private final Campaigns campaigns;
    private final StorefrontProperties properties;
    private final Clock clock;

    HomeController(
            ProductList products,
            BestSellers bestSellers,
            Campaigns campaigns,
            StorefrontProperties properties,
            Clock clock) {
        this.products = products;
        this.bestSellers = bestSellers;
        this.campaigns = campaigns;
        this.properties = properties;
        this.clock = clock;
    }

    @GetMapping("/")
    String home(
            @RequestParam(defaultValue = "") @CodePointLength(max = QUERY_LENGTH_MAX) String q,
            @RequestParam(required = false) String cursor,
            Model model) {
        model.addAttribute("q", q);
        model.addAttribute(
                "products", products.page(q, ProductSort.NEWEST, PageRequest.of(cursor, properties.productsPerPage())));
        if (TextRules.isBlank(q) && cursor == null) {
            var sold = bestSellers.find(
                    properties.bestSellersRange(), properties.bestSellersRange().toString(), properties.bestSellers());
            model.addAttribute("bestSellers", sold.items());
            model.addAttribute(
                    "campaigns", campaigns.openOrScheduled(clock.instant(), Long.MAX_VALUE, properties.rowsPerPage()));
        }
        model.addAttribute("now", clock.instant());
        return "shop/home";
    }
}
