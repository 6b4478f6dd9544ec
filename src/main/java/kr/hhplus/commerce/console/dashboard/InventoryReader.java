package kr.hhplus.commerce.console.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.catalog.ProductList;
import kr.hhplus.commerce.console.dashboard.HotProducts.Hot;
import kr.hhplus.commerce.promotion.Campaigns;
import org.springframework.stereotype.Component;

/** Reads stock and remaining coupons. */
@Component
class InventoryReader {

    private final ProductList products;
    private final Campaigns campaigns;
    private final HotProducts hot = new HotProducts();

    InventoryReader(ProductList products, Campaigns campaigns) {
        this.products = products;
        this.campaigns = campaigns;
    }

    /**
     * Returns the products that sell fastest.
     *
     * @param seconds since the last call; 0 means unknown, so no sales are counted
     */
    List<Hot> hot(double seconds) {
        return hot.after(products.all(), seconds);
    }

    Map<Long, Long> coupons(Instant now) {
        return campaigns.remainingAt(now);
    }
}
