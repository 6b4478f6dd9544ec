package kr.hhplus.commerce.ranking;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.cache.SharedCache;
import kr.hhplus.commerce.ranking.BestSellerList.BestSeller;
import org.springframework.stereotype.Service;

/**
 * Finds the best sellers of any range. A list is cached for {@code commerce.ranking.cache-duration}, so that the number
 * of queries depends on the number of ranges, not of calls.
 */
@Service
public class BestSellers {

    static final int LIMIT_MAX = 100;

    private static final int RANGES_MAX = 64;

    private final SalesBuckets buckets;
    private final Products products;
    private final Clock clock;
    private final SingleFlightCache<Duration, BestSellerList> cache;

    BestSellers(
            SalesBuckets buckets,
            Products products,
            Clock clock,
            SharedCache sharedCache,
            RankingProperties properties,
            MeterRegistry registry) {
        this.buckets = buckets;
        this.products = products;
        this.clock = clock;
        this.cache = new SingleFlightCache<>(
                "best-sellers",
                RANGES_MAX,
                properties.cacheDuration(),
                properties.loadWaitMax(),
                range -> sharedCache.get(
                        "best-sellers:" + range,
                        properties.cacheDuration(),
                        BestSellerList.class,
                        BestSellers::isPlausible,
                        () -> read(range)),
                registry);
    }

    /**
     * Returns the best sellers of the range that ends now, at most {@code commerce.ranking.cache-duration} old.
     *
     * @param range the length of the range
     * @param label the range as the client wrote it, which the list repeats
     * @param limit the maximum number of products, up to {@link #LIMIT_MAX}
     * @throws RefusedException UNAVAILABLE if the query of another call for this range hangs
     */
    public BestSellerList find(Duration range, String label, int limit) {
        return cache.get(range).limitedTo(limit, label);
    }

    /**
     * Whether a list from Redis can be one that an instance has written: correct ranks, complete items, positive
     * quantities, and not too long.
     */
    private static boolean isPlausible(BestSellerList list) {
        if (list.from() == null
                || list.to() == null
                || list.items() == null
                || list.items().size() > LIMIT_MAX) {
            return false;
        }
        for (int i = 0; i < list.items().size(); i++) {
            BestSeller item = list.items().get(i);
            if (item == null
                    || item.rank() != i + 1
                    || item.productId() < 1
                    || item.soldQuantity() < 1
                    || item.name() == null
                    || item.price() == null
                    || item.currency() == null
                    || item.stock() < 0) {
                return false;
            }
        }
        return true;
    }

    private BestSellerList read(Duration range) {
        SalesWindow window = SalesWindow.endingAt(clock.instant(), range);
        List<SalesBuckets.Sold> sold = buckets.topSellers(window, LIMIT_MAX);
        List<Long> ids = sold.stream().map(SalesBuckets.Sold::productId).toList();
        Map<Long, Product> byId =
                products.findAll(ids).stream().collect(Collectors.toMap(Product::productId, Function.identity()));
        List<BestSeller> items = new ArrayList<>(sold.size());
        for (SalesBuckets.Sold one : sold) {
            Product product = byId.get(one.productId());
            if (product != null) {
                items.add(new BestSeller(
                        items.size() + 1,
                        one.productId(),
                        product.name(),
                        product.price(),
                        product.currency(),
                        product.stock(),
                        one.quantity()));
            }
        }
        return new BestSellerList(null, window.from(), window.to(), List.copyOf(items));
    }
}
