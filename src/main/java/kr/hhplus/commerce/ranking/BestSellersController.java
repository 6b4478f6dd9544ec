package kr.hhplus.commerce.ranking;

import java.time.Duration;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.CachedResponse;
import kr.hhplus.commerce.web.response.ResponseCacheFilter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /products/best-seller}. */
@RestController
@Access(AccessRule.PUBLIC)
class BestSellersController {

    private static final String RANGE_DEFAULT = "3days";
    private static final int LIMIT_DEFAULT = 5;

    /**
     * A cached response is served for a quarter of a list's cache duration, so that it adds little to the list's age.
     */
    private static final int RESPONSES_PER_LIST = 4;

    private final BestSellers bestSellers;
    private final long responseCacheNanos;

    BestSellersController(BestSellers bestSellers, RankingProperties properties) {
        this.bestSellers = bestSellers;
        this.responseCacheNanos =
                properties.cacheDuration().dividedBy(RESPONSES_PER_LIST).toNanos();
    }

    @GetMapping("/products/best-seller")
    @CachedResponse
    BestSellerList bestSellers(
            @RequestParam(required = false) String range, @RequestParam(required = false) Integer limit) {
        String label = range == null || range.isEmpty() ? RANGE_DEFAULT : range;
        Duration length =
                RangeRules.parse(label).orElseThrow(() -> new RefusedException(InvalidRequest.at("/range", "span")));
        int count = limit == null ? LIMIT_DEFAULT : limit;
        if (count < 1 || count > BestSellers.LIMIT_MAX) {
            throw new RefusedException(InvalidRequest.at("/limit", "range", 1, BestSellers.LIMIT_MAX));
        }
        ResponseCacheFilter.keepUntil(System.nanoTime() + responseCacheNanos);
        return bestSellers.find(length, label, count);
    }
}
