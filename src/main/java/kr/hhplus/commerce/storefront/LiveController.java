package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.sse.SseHub;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The event stream of stock, coupons and sale status for the storefront's pages. */
@Controller
@Access(AccessRule.PUBLIC)
class LiveController {

    private final SseHub hub;
    private final ShopPublisher shop;

    LiveController(SseHub hub, ShopPublisher shop) {
        this.hub = hub;
        this.shop = shop;
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void live(
            @RequestParam(defaultValue = "") String products,
            @RequestParam(defaultValue = "") String campaigns,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        hub.subscribe(request, response, shop, shop.subscriber(ShopSubscription.parse(products, campaigns)));
    }
}
