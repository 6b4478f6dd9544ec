package kr.hhplus.commerce.catalog;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.catalog.ProductCommand.AdjustStock;
import kr.hhplus.commerce.catalog.ProductCommand.ChangeProduct;
import kr.hhplus.commerce.catalog.ProductCommand.CreateProduct;
import kr.hhplus.commerce.catalog.ProductRefusal.ProductNotFound;
import kr.hhplus.commerce.catalog.Products.MovementType;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.groupcommit.CommandQueue;
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.soldout.SoldOutCacheRegistry;
import kr.hhplus.commerce.soldout.SoldOutType;
import org.springframework.stereotype.Service;

/**
 * Creates and changes products and their stock. These commands are rare, so each locks and writes its product alone.
 */
@Service
public class ProductService {

    private static final String OPENING_STOCK = "opening stock";

    private final Products products;
    private final PurchaseCounts counts;
    private final EventLog events;
    private final IdempotencyStore idempotencyStore;
    private final SoldOutCacheRegistry soldOutCacheRegistry;
    private final AuditLog auditLog;
    private final Clock clock;
    private final CommandQueue<ProductCommand, CommandResult<Product>> queue;

    ProductService(
            Products products,
            PurchaseCounts counts,
            EventLog events,
            IdempotencyStore idempotencyStore,
            SoldOutCacheRegistry soldOutCacheRegistry,
            AuditLog auditLog,
            Clock clock,
            CommandQueues commandQueues) {
        this.products = products;
        this.counts = counts;
        this.events = events;
        this.idempotencyStore = idempotencyStore;
        this.soldOutCacheRegistry = soldOutCacheRegistry;
        this.auditLog = auditLog;
        this.clock = clock;
        this.queue =
                commandQueues.open("product", this::decideBatch, IdempotencyStore.rowsOf(ProductService::rowsToLock));
    }

    private static List<Set<RowKey>> rowsToLock(List<ProductCommand> commands) {
        List<Set<RowKey>> rows = new ArrayList<>(commands.size());
        for (ProductCommand command : commands) {
            Set<RowKey> rowsOfCommand = new HashSet<>();
            if (command instanceof ChangeProduct change) {
                rowsOfCommand.add(Products.rowOf(change.productId()));
            } else if (command instanceof AdjustStock adjust) {
                rowsOfCommand.add(Products.rowOf(adjust.productId()));
            }
            rows.add(rowsOfCommand);
        }
        return rows;
    }

    /** Submits a command to the queue. */
    public CompletableFuture<CommandResult<Product>> submit(ProductCommand command) {
        return queue.submit(command).whenComplete((result, failure) -> invalidateSoldOut(command));
    }

    /** Runs before any result is returned, also after a failure: the product's stock or conditions may differ. */
    private void invalidateSoldOut(ProductCommand command) {
        if (command instanceof AdjustStock adjust) {
            soldOutCacheRegistry.invalidate(SoldOutType.PRODUCT, adjust.productId());
        } else if (command instanceof ChangeProduct change) {
            soldOutCacheRegistry.invalidate(SoldOutType.PRODUCT, change.productId());
        }
    }

    private BatchResult<CommandResult<Product>> decideBatch(List<ProductCommand> commands) {
        IdempotencyStore.StoredResults storedResults = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        List<Long> movements = new ArrayList<>();
        List<CommandResult<Product>> results = new ArrayList<>(commands.size());
        for (ProductCommand command : commands) {
            results.add(storedResults.replayOrDecide(command, Product.class, () -> decideOne(command, now, movements)));
        }
        idempotencyStore.save(storedResults, now);
        // A patch inserts no row that a retry could find. Applying it twice has the same effect as once.
        BooleanSupplier written =
                movements.isEmpty() ? () -> false : () -> products.isMovementCommitted(movements.get(0));
        return new BatchResult<>(results, written);
    }

    private CommandResult<Product> decideOne(ProductCommand command, Instant now, List<Long> movements) {
        if (command instanceof CreateProduct create) {
            return create(create, now, movements);
        }
        if (command instanceof ChangeProduct change) {
            return change(change);
        }
        return adjust((AdjustStock) command, now, movements);
    }

    private CommandResult<Product> create(CreateProduct command, Instant now, List<Long> movements) {
        ProductDetails details = command.details();
        Optional<Refusal> refusal = ProductRules.checkWindow(details.saleStartsAt(), details.saleEndsAt());
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        Product product = products.insert(details, now);
        movements.add(products.insertMovement(
                product.productId(), MovementType.ADJUSTMENT, details.stock(), OPENING_STOCK, now));
        auditLog.writeChange(
                AuditLogAction.PRODUCT_CREATED, command.operator(), name(product.productId()), null, product);
        return CommandResult.done(product);
    }

    private CommandResult<Product> change(ChangeProduct command) {
        BatchStock stock = products.lock(Set.of(command.productId()));
        Optional<Product> before = stock.find(command.productId());
        if (before.isEmpty()) {
            return CommandResult.refused(new ProductNotFound(command.productId()));
        }
        Product after = command.patch().applyTo(before.get());
        Optional<Refusal> refusal = ProductRules.checkWindow(after.saleStartsAt(), after.saleEndsAt());
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        products.update(after);
        if (after.purchaseLimit() != null && stock.purchaseCounting(after.productId()) == PurchaseCounting.NONE) {
            countPurchases(after);
        }
        auditLog.writeChange(
                AuditLogAction.PRODUCT_CHANGED, command.operator(), name(command.productId()), before.get(), after);
        return CommandResult.done(after);
    }

    /** The product's row is locked, so its committed orders are exactly the events up to the head. */
    private void countPurchases(Product product) {
        if (products.hasNoPurchases(product)) {
            products.setPurchaseCounting(product.productId(), PurchaseCounting.COUNTED);
        } else {
            products.setPurchaseCounting(product.productId(), PurchaseCounting.COUNTING);
            counts.openScan(product.productId(), events.head());
        }
    }

    private CommandResult<Product> adjust(AdjustStock command, Instant now, List<Long> movements) {
        BatchStock stock = products.lock(Set.of(command.productId()));
        Optional<Product> before = stock.find(command.productId());
        if (before.isEmpty()) {
            return CommandResult.refused(new ProductNotFound(command.productId()));
        }
        Optional<Refusal> refusal = ProductRules.checkDelta(before.get(), command.delta());
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        stock.putBack(command.productId(), command.delta());
        products.save(stock);
        movements.add(products.insertMovement(
                command.productId(), MovementType.ADJUSTMENT, command.delta(), command.reason(), now));
        Product after = before.get().withStock(before.get().stock() + command.delta());
        auditLog.write(
                AuditLogAction.STOCK_ADJUSTED,
                command.operator(),
                name(command.productId()),
                Map.of("delta", command.delta(), "reason", command.reason(), "stock", after.stock()));
        return CommandResult.done(after);
    }

    private static String name(long productId) {
        return "product " + productId;
    }
}
