package kr.hhplus.commerce.console;

import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.order.Order;
import kr.hhplus.commerce.order.OrderService;
import kr.hhplus.commerce.order.RefundRequest;
import kr.hhplus.commerce.order.RefundService;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** All orders: search by id, user or status, details, refunds, fulfilment and cancellation. */
@HtmlPage
@RequestMapping(path = "/console/orders", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class OrderPagesController {

    private static final int REFUNDS_PER_PAGE = 50;

    private final OrderService orders;
    private final RefundService refunds;
    private final FormSubmissions submissions;

    OrderPagesController(OrderService orders, RefundService refunds, FormSubmissions submissions) {
        this.orders = orders;
        this.refunds = refunds;
        this.submissions = submissions;
    }

    @GetMapping
    ModelAndView list(
            @RequestParam(defaultValue = "") String order,
            @RequestParam(required = false) @Id Long user,
            @RequestParam(required = false) Order.Status status,
            @RequestParam(required = false) String cursor) {
        if (!order.isBlank()) {
            return new ModelAndView(SeeOther.to(
                    "/console/orders/" + orders.find(order.strip(), null).orderId()));
        }
        PageRequest page = PageRequest.of(cursor, 50);
        ModelAndView view = new ModelAndView("console/orders", "orders", orders.page(user, status, page));
        view.addObject("user", user);
        view.addObject("status", status);
        return view;
    }

    @GetMapping("/{orderId}")
    ModelAndView one(@PathVariable String orderId, @RequestParam(required = false) String cursor) {
        return page(orders.find(orderId, null), cursor, false);
    }

    /** @param refundSent whether the form of a refund is shown again */
    private ModelAndView page(Order order, @Nullable String cursor, boolean refundSent) {
        ModelAndView view = new ModelAndView("console/order", "order", order);
        view.addObject("refunds", refunds.page(order, PageRequest.of(cursor, REFUNDS_PER_PAGE)));
        view.addObject("names", order.names());
        view.addObject("refundSent", refundSent);
        return view;
    }

    @PostMapping("/{orderId}/cancel")
    ModelAndView cancel(
            Visitor visitor,
            @PathVariable String orderId,
            @RequestParam(required = false) String key,
            ServletWebRequest request) {
        Order order = orders.find(orderId, null);
        return submissions
                .submit(request, () -> orders.cancelAsOperator(visitor.caller(), order, key))
                .map(cancelled -> new ModelAndView(SeeOther.to("/console/orders/" + orderId + "?done=cancelled")))
                .orElseGet(() -> page(order, null, false));
    }

    @PostMapping("/{orderId}/refunds")
    ModelAndView refund(
            Visitor visitor,
            @PathVariable String orderId,
            @RequestParam(required = false) String reason,
            @RequestParam(defaultValue = "false") boolean writeOff,
            @RequestParam(required = false) String key,
            ServletWebRequest request) {
        Order order = orders.find(orderId, null);
        return submissions
                .submit(request, () -> {
                    RefundRequest refund = RefundRequest.ofForm(order, request::getParameter, reason, !writeOff);
                    return refunds.refundAsOperator(visitor.caller(), order, refund, key);
                })
                .map(refunded -> new ModelAndView(SeeOther.to("/console/orders/" + orderId + "?done=refunded")))
                .orElseGet(() -> page(order, null, true));
    }

    @PostMapping("/{orderId}/fulfil")
    ModelAndView fulfil(
            Visitor visitor,
            @PathVariable String orderId,
            @RequestParam(required = false) String key,
            ServletWebRequest request) {
        Order order = orders.find(orderId, null);
        return submissions
                .submit(request, () -> orders.fulfil(visitor.caller(), order, key))
                .map(fulfilled -> new ModelAndView(SeeOther.to("/console/orders/" + orderId + "?done=fulfilled")))
                .orElseGet(() -> page(order, null, false));
    }
}
