package kr.hhplus.commerce.console.dashboard;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.catalog.ListedProduct;

/** The products that sell fastest, measured by the decrease of their stock. An increase is not a sale. */
final class HotProducts {

    private static final int PRODUCTS_MAX = 5;
    private static final double SPEED_DECAY_PER_SECOND = 0.6;
    private static final double WEIGHT_DECAY_PER_SECOND = 0.985;
    private static final double WEIGHT_MIN = 0.01;

    private final Map<Long, Heat> heats = new HashMap<>();
    private Map<Long, Long> before = new HashMap<>();

    /**
     * A product with recent sales.
     *
     * @param stock pieces left
     * @param perSecond recent sales in pieces per second
     */
    record Hot(long id, String name, long stock, double perSecond) {}

    /**
     * Two decaying averages.
     *
     * @param speed pieces per second; decays fast
     * @param weight pieces; decays slowly, so that a product that has just sold out stays in the list
     */
    private record Heat(double speed, double weight) {

        Heat after(double sold, double seconds) {
            double decay = Math.pow(SPEED_DECAY_PER_SECOND, seconds);
            return new Heat(
                    speed * decay + sold / seconds * (1 - decay),
                    weight * Math.pow(WEIGHT_DECAY_PER_SECOND, seconds) + sold);
        }
    }

    /**
     * Updates the averages.
     *
     * @param seconds since the last call; 0 means unknown, so no sales are counted
     */
    List<Hot> after(List<ListedProduct> products, double seconds) {
        Map<Long, Long> now = new HashMap<>();
        for (ListedProduct product : products) {
            now.put(product.productId(), product.stock());
            if (seconds > 0) {
                long sold = Math.max(0, before.getOrDefault(product.productId(), 0L) - product.stock());
                if (sold > 0 || heats.containsKey(product.productId())) {
                    heats.merge(
                            product.productId(),
                            new Heat(0, 0).after(sold, seconds),
                            (heat, fresh) -> heat.after(sold, seconds));
                }
            }
        }
        before = now;
        heats.values().removeIf(heat -> heat.weight() < WEIGHT_MIN);
        return products.stream()
                .filter(product -> heats.containsKey(product.productId()))
                .sorted(Comparator.comparingDouble((ListedProduct product) ->
                        -heats.get(product.productId()).weight()))
                .limit(PRODUCTS_MAX)
                .map(product -> new Hot(
                        product.productId(),
                        product.name(),
                        product.stock(),
                        heats.get(product.productId()).speed()))
                .toList();
    }
}
