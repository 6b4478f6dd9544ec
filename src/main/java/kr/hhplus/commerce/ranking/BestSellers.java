package kr.hhplus.commerce.ranking;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.ranking.BestSellerList.BestSeller;
import org.springframework.stereotype.Service;

/** Best sellers of any range. Answers are some hundred milliseconds old, and cost a query per range, not per call. */
@Service
class BestSellers {

    static final int LIMIT_MAX = 100;

    private static final int RANGES_MAX = 64;

    private final SalesBuckets buckets;
    private final Products products;
    private final Clock clock;
    private final Snapshots<Duration, BestSellerList> snapshots;

    BestSellers(SalesBuckets buckets, Products products, Clock clock, RankingSettings settings) {
        this.buckets = buckets;
        this.products = products;
        this.clock = clock;
        this.snapshots = new Snapshots<>(RANGES_MAX, settings.keep(), this::read);
    }

    /** @param limit at most {@link #LIMIT_MAX} */
    BestSellerList over(Duration range, String words, int limit) {
        return snapshots.get(range).as(words, limit);
    }

    private BestSellerList read(Duration range) {
        SalesWindow window = SalesWindow.endingAt(clock.instant(), range);
        List<SalesBuckets.Sold> sold = buckets.topSellers(window, LIMIT_MAX);
        List<Long> ids = sold.stream().map(SalesBuckets.Sold::productId).toList();
        Map<Long, Product> known =
                products.findAll(ids).stream().collect(Collectors.toMap(Product::productId, Function.identity()));
        List<BestSeller> items = new ArrayList<>(sold.size());
        for (SalesBuckets.Sold one : sold) {
            Product product = known.get(one.productId());
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
