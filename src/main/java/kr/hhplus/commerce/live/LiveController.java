package kr.hhplus.commerce.live;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The shop's live numbers, for the pages. */
@Controller
class LiveController {

    private final LiveHub hub;
    private final ShopWindow shop;

    LiveController(LiveHub hub, ShopWindow shop) {
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
        hub.listen(request, response, shop, shop.listener(Wanted.parse(products, campaigns)));
    }
}
