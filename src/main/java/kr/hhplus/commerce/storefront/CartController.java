package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.ProductRefusal.ProductNotFound;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.order.OrderRequest;
import kr.hhplus.commerce.order.Quotes;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Shows and changes the cart. */
@HtmlPage
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class CartController {

    private final Products products;
    private final Quotes quotes;
    private final StorefrontProperties properties;

    CartController(Products products, Quotes quotes, StorefrontProperties properties) {
        this.products = products;
        this.quotes = quotes;
        this.properties = properties;
    }

    /** What a button does with the quantity of its form. */
    enum Change {
        ADD,
        BUY,
        SET
    }

    @GetMapping("/shop/cart")
    String cart(Visitor visitor, HttpServletRequest request, Model model) {
        Cart cart = Cart.of(request);
        Map<Long, Product> productsById = products.findAll(cart.pieces().keySet()).stream()
                .collect(Collectors.toMap(Product::productId, Function.identity()));
        model.addAttribute("productsById", productsById);
        model.addAttribute("quote", quotes.quote(visitor.user(), cart.pieces(), null));
        return "shop/cart";
    }

    @PostMapping("/shop/cart")
    View change(
            @RequestParam @Id long productId,
            @RequestParam @Min(0) @Max(OrderRequest.QUANTITY_MAX) long quantity,
            @RequestParam(defaultValue = "SET") Change change,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (products.find(productId).isEmpty() && quantity > 0) {
            throw new RefusedException(new ProductNotFound(productId));
        }
        Cart before = Cart.of(request);
        Cart after = change == Change.ADD
                ? before.plus(productId, quantity, properties.cartLinesMax())
                : before.with(productId, quantity, properties.cartLinesMax());
        response.addCookie(after.toCookie(request));
        return SeeOther.to(change == Change.BUY ? "/shop/checkout" : "/shop/cart");
    }
}
