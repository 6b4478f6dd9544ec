package kr.hhplus.commerce.storefront;

import java.time.Clock;
import java.time.Instant;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.ProductRefusal.ProductNotFound;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** A product with its stock and its sale window. */
@HtmlPage
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.PUBLIC)
class ProductPageController {

    private final Products products;
    private final Clock clock;

    ProductPageController(Products products, Clock clock) {
        this.products = products;
        this.clock = clock;
    }

    @GetMapping("/shop/products/{productId}")
    String product(@PathVariable @Id long productId, Model model) {
        Product product =
                products.find(productId).orElseThrow(() -> new RefusedException(new ProductNotFound(productId)));
        Instant now = clock.instant();
        model.addAttribute("product", product);
        model.addAttribute("now", now);
        model.addAttribute("windowState", SaleWindowState.of(product.saleStartsAt(), product.saleEndsAt(), now));
        return "shop/product";
    }
}
