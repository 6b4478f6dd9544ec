package kr.hhplus.commerce.console.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.hhplus.commerce.order.Order;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderRefusal;
import kr.hhplus.commerce.order.Ordering;
import kr.hhplus.commerce.order.Orders;
import kr.hhplus.commerce.order.SoldOutProducts;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.shared.http.Id;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.paging.Page;
import kr.hhplus.commerce.shared.paging.PageRequest;
import kr.hhplus.commerce.shared.problem.RefusedException;
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

    private final Orders orders;
    private final Ordering ordering;
    private final SoldOutProducts soldOut;
    private final FormAnswers answers;

    OrderPagesController(Orders orders, Ordering ordering, SoldOutProducts soldOut, FormAnswers answers) {
        this.orders = orders;
        this.ordering = ordering;
        this.soldOut = soldOut;
        this.answers = answers;
    }

    @GetMapping
    ModelAndView list(
            @RequestParam(defaultValue = "") String order,
            @RequestParam(required = false) @Id Long user,
            @RequestParam(required = false) Order.Status status,
            @RequestParam(required = false) String cursor) {
        Optional<Order> named = find(order.strip());
        if (named.isPresent()) {
            return new ModelAndView(SeeOther.to("/console/orders/" + named.get().orderId()));
        }
        PageRequest page = PageRequest.of(cursor, 50);
        List<Order> found = order.isBlank() ? orders.page(user, status, page.idBefore(), page.size() + 1) : List.of();
        ModelAndView view = new ModelAndView("console/orders", "orders", Page.of(found, page.size(), Order::orderId));
        view.addObject("order", order);
        view.addObject("user", user);
        view.addObject("status", status);
        return view;
    }

    private Optional<Order> find(String orderId) {
        return IdText.parse(orderId).stream().boxed().findFirst().flatMap(id -> orders.find(id, null));
    }

    @GetMapping("/{orderId}")
    ModelAndView one(@PathVariable String orderId) {
        return one(orderId, FormAnswers.blank());
    }

    private ModelAndView one(String orderId, Map<String, String> typed) {
        Order found = find(orderId).orElseThrow(() -> new RefusedException(OrderRefusal.ORDER_NOT_FOUND));
        ModelAndView page = new ModelAndView("console/order", "order", found);
        page.addObject("form", typed);
        return page;
    }

    @PostMapping("/{orderId}/cancel")
    ModelAndView cancel(
            @PathVariable String orderId,
            Visitor visitor,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        return answers.answer(
                () -> {
                    Order order = find(orderId).orElseThrow(() -> new RefusedException(OrderRefusal.ORDER_NOT_FOUND));
                    RequestKey key = RequestKey.of(visitor.caller(), typed.get("key"), "cancel " + orderId);
                    long number = IdText.parse(orderId).orElseThrow();
                    return FormAnswers.settled(
                            soldOut.refuseOr(ordering::submit, new CancelOrder(order.userId(), number, key)));
                },
                order -> "/console/orders/" + orderId + "?done=cancelled",
                () -> one(orderId, typed),
                new FormAnswers.Request(request, response));
    }
}
