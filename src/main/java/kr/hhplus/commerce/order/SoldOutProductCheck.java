package kr.hhplus.commerce.order;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.ProductRefusal.InsufficientStock;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.groupcommit.CommitException;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.soldout.SoldOutCache;
import kr.hhplus.commerce.soldout.SoldOutCacheRegistry;
import kr.hhplus.commerce.soldout.SoldOutType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses an order of one sold-out product before it is queued, if a batch would refuse it for the same reason. */
@Component
class SoldOutProductCheck {

    private final Products products;
    private final SaleSwitch sale;
    private final Clock clock;
    private final SoldOutCacheRegistry caches;
    private final SoldOutCache<Product> cache;

    SoldOutProductCheck(Products products, SaleSwitch sale, Clock clock, SoldOutCacheRegistry caches) {
        this.products = products;
        this.sale = sale;
        this.clock = clock;
        this.caches = caches;
        this.cache = caches.open(SoldOutType.PRODUCT, this::soldOut);
    }

    /**
     * Leaves out products with a purchase limit: whether that limit or the stock refuses first depends on the buyer.
     */
    private Map<Long, Product> soldOut(Set<Long> productIds) {
        if (sale.refusalWhilePaused().isPresent()) {
            return Map.of();
        }
        return products.findAll(productIds).stream()
                .filter(product -> product.stock() == 0 && product.purchaseLimit() == null)
                .collect(Collectors.toMap(Product::productId, Function.identity()));
    }

    /** Refuses only orders of one product without a coupon. Other orders may have a refusal of higher precedence. */
    Optional<Refusal> refusalFor(PlaceOrder command) {
        if (command.quantities().size() != 1 || command.couponId() != null) {
            return Optional.empty();
        }
        long productId = command.quantities().firstKey();
        return cache.refusalFor(
                productId,
                command,
                product -> product.isOnSale(clock.instant())
                        ? Optional.of(new InsufficientStock(
                                productId, 0, command.quantities().get(productId)))
                        : Optional.empty());
    }

    /** @param result null if the command failed */
    void onResult(@Nullable CommandResult<?> result) {
        if (result instanceof CommandResult.Refused<?> refused
                && refused.refusal() instanceof InsufficientStock shortage
                && shortage.available() == 0) {
            cache.markForCheck(shortage.productId());
        }
    }

    /** @param result null if the command failed; a repetition by key changed nothing */
    void onCancelled(Order order, @Nullable CommandResult<Order> result, @Nullable Throwable failure) {
        if (result == null || result instanceof CommandResult.Done<Order> done && !done.replayed()) {
            onGivenBack(order.items().stream().map(Order.Item::productId).toList(), failure);
        }
    }

    /**
     * Call it with the result of a command that gives pieces back, before that is returned. An unknown outcome counts
     * as given back.
     */
    void onGivenBack(Collection<Long> productIds, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause == null || cause instanceof CommitException.OutcomeUnknown) {
            onGivenBack(productIds);
        }
    }

    /** @param result null if the command failed */
    void onRefunded(@Nullable CommandResult<OrderRefund> result) {
        if (result instanceof CommandResult.Done<OrderRefund> done
                && done.value().restocked()) {
            onGivenBack(done.value().items().stream()
                    .map(OrderRefund.Item::productId)
                    .toList());
        }
    }

    /** Call it before the result is returned: the products may be available again, on every instance. */
    private void onGivenBack(Collection<Long> productIds) {
        productIds.forEach(id -> caches.invalidate(SoldOutType.PRODUCT, id));
    }
}
