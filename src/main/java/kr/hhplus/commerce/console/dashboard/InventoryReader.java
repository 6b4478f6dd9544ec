package kr.hhplus.commerce.console.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.catalog.ProductList;
import kr.hhplus.commerce.console.dashboard.HotProducts.Hot;
import kr.hhplus.commerce.promotion.JdbcCampaignLists;
import org.springframework.stereotype.Component;

/** Reads stock and remaining coupons. */
@Component
class InventoryReader {

    private final ProductList products;
    private final JdbcCampaignLists campaigns;
    private final HotProducts hot = new HotProducts();

    InventoryReader(ProductList products, JdbcCampaignLists campaigns) {
        this.products = products;
        this.campaigns = campaigns;
    }

    /** @param seconds since the last call; 0: unknown, so no sales are counted */
    List<Hot> hot(double seconds) {
        return hot.after(products.all(), seconds);
    }

    Map<Long, Long> coupons(Instant now) {
        return campaigns.remainingAt(now);
    }
}
