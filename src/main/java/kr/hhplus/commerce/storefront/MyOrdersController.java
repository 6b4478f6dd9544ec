package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.order.Order;
import kr.hhplus.commerce.order.OrderService;
import kr.hhplus.commerce.order.RefundRequest;
import kr.hhplus.commerce.order.RefundService;
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
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** A user's orders: list, details, refunds and cancellation. */
@HtmlPage
@RequestMapping(path = "/shop/orders", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class MyOrdersController {

    private static final String TEMPLATE = "shop/order";

    private final OrderService orders;
    private final RefundService refunds;
    private final StorefrontProperties properties;
    private final RefusedForms refused;

    MyOrdersController(
            OrderService orders, RefundService refunds, StorefrontProperties properties, RefusedForms refused) {
        this.orders = orders;
        this.refunds = refunds;
        this.properties = properties;
        this.refused = refused;
    }

    @GetMapping
    String orders(Visitor visitor, @RequestParam(required = false) String cursor, Model model) {
        model.addAttribute(
                "orders", orders.page(visitor.user(), null, PageRequest.of(cursor, properties.rowsPerPage())));
        return "shop/orders";
    }

    @GetMapping("/{orderId}")
    String order(
            Visitor visitor,
            @PathVariable String orderId,
            @RequestParam(defaultValue = "") String placed,
            @RequestParam(required = false) String cursor,
            Model model) {
        model.addAllAttributes(form(visitor, orderId, cursor));
        model.addAttribute("placed", placed);
        return TEMPLATE;
    }

    @PostMapping("/{orderId}")
    @RateLimited(RateLimitGroup.ORDER)
    CompletionStage<View> cancel(Visitor visitor, @PathVariable String orderId, @RequestParam String key) {
        return orders.cancel(visitor.caller(), orders.find(orderId, visitor.user()), key)
                .thenApply(CommandResults::valueOrThrow)
                .thenApply(order -> SeeOther.to("/shop/orders/" + orderId));
    }

    @PostMapping("/{orderId}/refunds")
    @RateLimited(RateLimitGroup.ORDER)
    CompletionStage<View> refund(
            Visitor visitor,
            @PathVariable String orderId,
            @RequestParam(required = false) String reason,
            @RequestParam String key,
            HttpServletRequest request) {
        Order order = orders.find(orderId, visitor.user());
        RefundRequest refund = RefundRequest.ofForm(order, request::getParameter, reason, null);
        return refunds.refund(visitor.caller(), order, refund, key)
                .thenApply(CommandResults::valueOrThrow)
                .thenApply(refunded -> SeeOther.to("/shop/orders/" + orderId));
    }

    @ExceptionHandler(Exception.class)
    ModelAndView again(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        String orderId = RefusedForms.pathVariable(request, "orderId");
        return refused.again(TEMPLATE, () -> sent(request, orderId), failure, request, response);
    }

    private Map<String, Object> sent(HttpServletRequest request, String orderId) {
        Map<String, Object> form = form(Visitor.of(request), orderId, null);
        form.put("refundSent", request.getRequestURI().endsWith("/refunds"));
        return form;
    }

    private Map<String, Object> form(Visitor visitor, String orderId, @Nullable String cursor) {
        Order order = orders.find(orderId, visitor.user());
        Map<String, Object> form = new HashMap<>();
        form.put("order", order);
        form.put("refunds", refunds.page(order, PageRequest.of(cursor, properties.rowsPerPage())));
        form.put("names", order.names());
        form.put("notRefundable", refunds.refundRefusal(order).orElse(null));
        form.put("refundSent", false);
        form.put("notCancellable", orders.cancellationRefusal(order).orElse(null));
        return form;
    }
}
