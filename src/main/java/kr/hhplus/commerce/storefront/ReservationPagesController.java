package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderRequest;
import kr.hhplus.commerce.order.OrderService;
import kr.hhplus.commerce.order.Quotes;
import kr.hhplus.commerce.order.Reservation;
import kr.hhplus.commerce.order.ReservationRequest;
import kr.hhplus.commerce.order.ReservationService;
import kr.hhplus.commerce.pages.CommandResults;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** Holds the items of a checkout while the buyer tops up, and pays for them. */
@HtmlPage
@RequestMapping(path = "/shop/reservations", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class ReservationPagesController {

    private static final String TEMPLATE = "shop/reservation";

    private final ReservationService reservations;
    private final OrderService orders;
    private final Quotes quotes;
    private final RefusedForms refused;

    ReservationPagesController(
            ReservationService reservations, OrderService orders, Quotes quotes, RefusedForms refused) {
        this.reservations = reservations;
        this.orders = orders;
        this.quotes = quotes;
        this.refused = refused;
    }

    @PostMapping
    @RateLimited(RateLimitGroup.ORDER)
    CompletionStage<View> hold(
            Visitor visitor,
            @RequestParam String items,
            @RequestParam(required = false) String coupon,
            @RequestParam String key) {
        List<OrderRequest.Line> lines = Cart.parse(items).pieces().entrySet().stream()
                .map(line -> new OrderRequest.Line(line.getKey(), line.getValue()))
                .toList();
        return reservations
                .hold(visitor.caller(), new ReservationRequest(visitor.user(), lines, null), key)
                .thenApply(CommandResults::valueOrThrow)
                .thenApply(held -> SeeOther.to(address(IdText.of(held.reservationId()), coupon)));
    }

    private static String address(String reservationId, @Nullable String coupon) {
        String path = "/shop/reservations/" + reservationId;
        return coupon == null || !coupon.matches("[0-9A-Z]{1,64}") ? path : path + "?coupon=" + coupon;
    }

    @GetMapping("/{reservationId}")
    ModelAndView reservation(
            Visitor visitor, @PathVariable String reservationId, @RequestParam(required = false) String coupon) {
        return new ModelAndView(TEMPLATE, form(visitor, reservationId, coupon));
    }

    @PostMapping("/{reservationId}")
    @RateLimited(RateLimitGroup.ORDER)
    CompletionStage<View> pay(
            Visitor visitor,
            @PathVariable String reservationId,
            @RequestParam(required = false) String coupon,
            @RequestParam String key) {
        Cart bought = new Cart(reservations.find(reservationId, visitor.user()).quantities());
        String chosen = coupon == null || coupon.isBlank() ? null : coupon;
        return orders.place(visitor.caller(), new OrderRequest(visitor.user(), null, chosen, reservationId, null), key)
                .thenApply(result -> CheckoutController.placed(result, bought));
    }

    @PostMapping("/{reservationId}/release")
    @RateLimited(RateLimitGroup.ORDER)
    CompletionStage<View> release(Visitor visitor, @PathVariable String reservationId) {
        return reservations
                .release(reservations.find(reservationId, visitor.user()))
                .thenApply(CommandResults::valueOrThrow)
                .thenApply(released -> SeeOther.to("/shop/cart"));
    }

    @ExceptionHandler(Exception.class)
    ModelAndView again(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        String id = RefusedForms.pathVariable(request, "reservationId");
        String coupon = request.getParameter("coupon");
        return refused.again(TEMPLATE, () -> form(Visitor.of(request), id, coupon), failure, request, response);
    }

    private Map<String, Object> form(Visitor visitor, String reservationId, @Nullable String coupon) {
        Map<String, Object> model = new HashMap<>();
        if (!reservationId.isEmpty()) {
            Reservation held = reservations.find(reservationId, visitor.user());
            String chosen = coupon == null || coupon.isBlank() ? null : coupon;
            model.put("held", held);
            model.put("id", reservationId);
            model.put("status", reservations.statusOf(held));
            model.put("chosen", chosen);
            model.put("quote", quotes.quote(visitor.user(), held.quantities(), chosen));
        }
        return model;
    }
}
