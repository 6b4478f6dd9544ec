package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.order.Order;
import kr.hhplus.commerce.order.OrderRequest;
import kr.hhplus.commerce.order.OrderService;
import kr.hhplus.commerce.order.Quote;
import kr.hhplus.commerce.order.Quotes;
import kr.hhplus.commerce.pages.CommandResults;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.problem.Languages;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** The checkout: a quote of the cart with a coupon, and the order. */
@HtmlPage
@RequestMapping(path = "/shop/checkout", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class CheckoutController {

    private static final String TEMPLATE = "shop/checkout";

    private final Quotes quotes;
    private final OrderService orders;
    private final RefusalMessages messages;
    private final RefusedForms refused;

    CheckoutController(Quotes quotes, OrderService orders, RefusalMessages messages, RefusedForms refused) {
        this.quotes = quotes;
        this.orders = orders;
        this.messages = messages;
        this.refused = refused;
    }

    @GetMapping
    ModelAndView checkout(Visitor visitor, @RequestParam(required = false) String coupon, HttpServletRequest request) {
        Cart cart = Cart.of(request);
        return cart.isEmpty()
                ? new ModelAndView(SeeOther.to("/shop/cart"))
                : new ModelAndView(TEMPLATE, form(visitor, cart, coupon, request));
    }

    /** Reads the items from the form, not from the cookie, so that a second click repeats the same order. */
    @PostMapping
    @RateLimited(RateLimitGroup.ORDER)
    CompletionStage<View> order(
            Visitor visitor,
            @RequestParam String items,
            @RequestParam(required = false) String coupon,
            @RequestParam String key) {
        Cart bought = Cart.parse(items);
        List<OrderRequest.Line> lines = bought.pieces().entrySet().stream()
                .map(line -> new OrderRequest.Line(line.getKey(), line.getValue()))
                .toList();
        OrderRequest order = new OrderRequest(visitor.user(), lines, orNull(coupon));
        return orders.place(visitor.caller(), order, key).thenApply(result -> placed(result, bought));
    }

    /** Shows the order, and takes what was bought out of the cart. */
    static View placed(CommandResult<Order> result, Cart bought) {
        Order order = CommandResults.valueOrThrow(result);
        boolean replayed = result instanceof CommandResult.Done<Order> done && done.replayed();
        String address = "/shop/orders/" + order.orderId() + "?placed=" + (replayed ? "before" : "now");
        return (model, request, response) -> {
            response.addCookie(Cart.of(request).without(bought).toCookie(request));
            SeeOther.to(address).render(Map.of(), request, response);
        };
    }

    @ExceptionHandler(Exception.class)
    ModelAndView again(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        return refused.again(TEMPLATE, () -> sent(request), failure, request, response);
    }

    private Map<String, Object> sent(HttpServletRequest request) {
        String items = Objects.requireNonNullElse(request.getParameter("items"), "");
        return form(Visitor.of(request), Cart.parse(items), request.getParameter("coupon"), request);
    }

    private Map<String, Object> form(Visitor visitor, Cart cart, String coupon, HttpServletRequest request) {
        String chosen = orNull(coupon);
        Quote quote = quotes.quote(visitor.user(), cart.pieces(), chosen);
        Map<String, Object> model = new HashMap<>();
        model.put("quote", quote);
        model.put("chosen", chosen);
        model.put("items", cart.text());
        if (quote.refusal() != null) {
            model.put("warning", messages.render(quote.refusal(), Languages.of(request)));
        }
        return model;
    }

    private static String orNull(String coupon) {
        return coupon == null || coupon.isBlank() ? null : coupon;
    }
}
