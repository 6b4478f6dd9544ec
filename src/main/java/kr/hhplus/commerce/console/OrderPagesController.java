package kr.hhplus.commerce.console;

import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.order.Order;
import kr.hhplus.commerce.order.OrderService;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** All orders: search by id, user or status, details, fulfilment and cancellation. */
@HtmlPage
@RequestMapping(path = "/console/orders", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class OrderPagesController {

    private final OrderService orders;
    private final FormSubmissions submissions;

    OrderPagesController(OrderService orders, FormSubmissions submissions) {
        this.orders = orders;
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
    ModelAndView one(@PathVariable String orderId) {
        return new ModelAndView("console/order", "order", orders.find(orderId, null));
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
                .orElseGet(() -> one(orderId));
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
                .orElseGet(() -> one(orderId));
    }
}
