package kr.hhplus.commerce.order;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.ProductRefusal.InsufficientStock;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.soldout.SoldOutCache;
import kr.hhplus.commerce.soldout.SoldOutCaches;
import kr.hhplus.commerce.soldout.SoldOutType;
import org.springframework.stereotype.Component;

/** Refuses an order of one sold-out product before it queues, where the lane would surely say the same. */
@Component
class SoldOutProducts {

    private final Products products;
    private final SaleSwitch sale;
    private final Clock clock;
    private final SoldOutCache<Product> signs;

    SoldOutProducts(Products products, SaleSwitch sale, Clock clock, SoldOutCaches all) {
        this.products = products;
        this.sale = sale;
        this.clock = clock;
        this.signs = all.open(SoldOutType.PRODUCT, this::soldOut);
    }

    /** Those with a purchase limit never get a sign: which refusal comes first depends on who asks. */
    private Map<Long, Product> soldOut(Set<Long> productIds) {
        if (sale.pause().isPresent()) {
            return Map.of();
        }
        return products.findAll(productIds).stream()
                .filter(product -> product.stock() == 0 && product.purchaseLimit() == null)
                .collect(Collectors.toMap(Product::productId, Function.identity()));
    }

    /** The refusal at once where a sign is up, else what the lane says; and learns from that before anybody is told. */
    CompletableFuture<CommandResult<Order>> refuseOr(
            Function<OrderCommand, CompletableFuture<CommandResult<Order>>> lane, OrderCommand command) {
        return refusal(command)
                .map(refusal -> CompletableFuture.completedFuture(CommandResult.<Order>refused(refusal)))
                .orElseGet(() -> lane.apply(command).whenComplete((answer, failure) -> learn(answer)));
    }

    /** Only one product without a coupon: whatever else an order names could be against it first. */
    private Optional<Refusal> refusal(OrderCommand command) {
        if (!(command instanceof PlaceOrder place) || place.pieces().size() != 1 || place.couponId() != null) {
            return Optional.empty();
        }
        long productId = place.pieces().firstKey();
        return signs.refusal(
                productId,
                command,
                product -> product.isOnSale(clock.instant())
                        ? Optional.of(new InsufficientStock(
                                productId, 0, place.pieces().get(productId)))
                        : Optional.empty());
    }

    private void learn(CommandResult<Order> answer) {
        if (answer instanceof CommandResult.Refused<Order> refused
                && refused.refusal() instanceof InsufficientStock shortage
                && shortage.available() == 0) {
            signs.suspect(shortage.productId());
        } else if (answer instanceof CommandResult.Done<Order> done
                && !done.value().isPaid()) {
            done.value().items().forEach(item -> signs.clear(item.productId()));
        }
    }
}
