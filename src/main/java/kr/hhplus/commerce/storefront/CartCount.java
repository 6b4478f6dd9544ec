package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import kr.hhplus.commerce.pages.HtmlPage;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Adds the number of products in the cart to every page, for its header. */
@ControllerAdvice(annotations = HtmlPage.class)
class CartCount {

    private static final String ATTRIBUTE = "cartLines";

    @ModelAttribute
    void count(HttpServletRequest request) {
        Cart cart = Cart.of(request);
        if (!cart.isEmpty()) {
            request.setAttribute(ATTRIBUTE, cart.pieces().size());
        }
    }
}
