package kr.hhplus.commerce.console;

import java.util.Map;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.order.Order;
import kr.hhplus.commerce.order.OrderService;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Everybody's orders: found by id, user or state, looked at, and taken back. */
@HtmlPage
@RequestMapping(path = "/console/orders", produces = MediaType.TEXT_HTML_VALUE)
class OrderPagesController {

    private final OrderService orders;
    private final FormAnswers answers;

    OrderPagesController(OrderService orders, FormAnswers answers) {
        this.orders = orders;
        this.answers = answers;
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
        return one(orderId, FormAnswers.blank());
    }

    private ModelAndView one(String orderId, Map<String, String> typed) {
        ModelAndView page = new ModelAndView("console/order", "order", orders.find(orderId, null));
        page.addObject("form", typed);
        return page;
    }

    @PostMapping("/{orderId}/cancel")
    ModelAndView cancel(@PathVariable String orderId, Submission sent) {
        return answers.answer(
                sent,
                () -> FormAnswers.settled(
                        orders.cancelAsOperator(sent.caller(), orders.find(orderId, null), sent.key())),
                order -> "/console/orders/" + orderId + "?done=cancelled",
                () -> one(orderId, sent.typed()));
    }
}
