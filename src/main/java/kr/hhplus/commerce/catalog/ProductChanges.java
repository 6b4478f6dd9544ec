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
import kr.hhplus.commerce.catalog.ProductCommand.AdjustStock;
import kr.hhplus.commerce.catalog.ProductCommand.ChangeProduct;
import kr.hhplus.commerce.catalog.ProductCommand.CreateProduct;
import kr.hhplus.commerce.catalog.ProductRefusal.ProductNotFound;
import kr.hhplus.commerce.feed.EventLog;
import kr.hhplus.commerce.groupcommit.Decided;
import kr.hhplus.commerce.groupcommit.GroupCommit;
import kr.hhplus.commerce.groupcommit.Lanes;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.hints.SignKind;
import kr.hhplus.commerce.hints.SoldOutSigns;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.idempotency.FirstAnswers;
import kr.hhplus.commerce.shared.problem.Refusal;
import kr.hhplus.commerce.trail.Trail;
import kr.hhplus.commerce.trail.TrailKind;
import org.springframework.stereotype.Service;

/** The operator's lane. Rare and small, so each command locks and writes its own product, one after the other. */
@Service
public class ProductChanges {

    private static final String OPENING_STOCK = "opening stock";

    private final Products products;
    private final PurchaseCounts counts;
    private final EventLog events;
    private final FirstAnswers firstAnswers;
    private final SoldOutSigns signs;
    private final Trail trail;
    private final Clock clock;
    private final GroupCommit<ProductCommand, Answer<Product>> lane;

    ProductChanges(
            Products products,
            PurchaseCounts counts,
            EventLog events,
            FirstAnswers firstAnswers,
            SoldOutSigns signs,
            Trail trail,
            Clock clock,
            Lanes lanes) {
        this.products = products;
        this.counts = counts;
        this.events = events;
        this.firstAnswers = firstAnswers;
        this.signs = signs;
        this.trail = trail;
        this.clock = clock;
        this.lane = lanes.open("product", this::decide, FirstAnswers.rowsOf(ProductChanges::rowsOf));
    }

    private static List<Set<RowKey>> rowsOf(List<ProductCommand> commands) {
        List<Set<RowKey>> rows = new ArrayList<>(commands.size());
        for (ProductCommand command : commands) {
            Set<RowKey> ofCommand = new HashSet<>();
            if (command instanceof ChangeProduct change) {
                ofCommand.add(Products.rowOf(change.productId()));
            } else if (command instanceof AdjustStock adjust) {
                ofCommand.add(Products.rowOf(adjust.productId()));
            }
            rows.add(ofCommand);
        }
        return rows;
    }

    /** Does it, as soon as the lane comes to it. */
    public CompletableFuture<Answer<Product>> submit(ProductCommand command) {
        return lane.submit(command).whenComplete((answer, failure) -> clearSign(command));
    }

    /** Whatever became of it, and before it is told: there may be pieces again, or other conditions. */
    private void clearSign(ProductCommand command) {
        if (command instanceof AdjustStock adjust) {
            signs.clear(SignKind.PRODUCT, adjust.productId());
        } else if (command instanceof ChangeProduct change) {
            signs.clear(SignKind.PRODUCT, change.productId());
        }
    }

    private Decided<Answer<Product>> decide(List<ProductCommand> commands) {
        FirstAnswers.Known known = firstAnswers.lookUp(commands);
        Instant now = clock.instant();
        List<Long> movements = new ArrayList<>();
        List<Answer<Product>> answers = new ArrayList<>(commands.size());
        for (ProductCommand command : commands) {
            answers.add(known.answer(command, Product.class, () -> decide(command, now, movements)));
        }
        firstAnswers.save(known, now);
        // A patch alone leaves no row of its own to look for, and does no harm when it is applied twice.
        BooleanSupplier written = movements.isEmpty() ? () -> false : () -> products.containsMovement(movements.get(0));
        return new Decided<>(answers, written);
    }

    private Answer<Product> decide(ProductCommand command, Instant now, List<Long> movements) {
        if (command instanceof CreateProduct create) {
            return create(create, now, movements);
        }
        if (command instanceof ChangeProduct change) {
            return change(change);
        }
        return adjust((AdjustStock) command, now, movements);
    }

    private Answer<Product> create(CreateProduct command, Instant now, List<Long> movements) {
        ProductDetails details = command.details();
        Optional<Refusal> refusal = ProductRules.checkWindow(details.saleStartsAt(), details.saleEndsAt());
        if (refusal.isPresent()) {
            return Answer.refused(refusal.get());
        }
        Product product = products.insert(details, now);
        movements.add(products.insertMovement(product.productId(), details.stock(), OPENING_STOCK, now));
        trail.writeChange(TrailKind.PRODUCT_CREATED, command.by(), name(product.productId()), null, product);
        return Answer.done(product);
    }

    private Answer<Product> change(ChangeProduct command) {
        Shelf shelf = products.lock(Set.of(command.productId()));
        Optional<Product> before = shelf.find(command.productId());
        if (before.isEmpty()) {
            return Answer.refused(new ProductNotFound(command.productId()));
        }
        Product after = command.patch().applyTo(before.get());
        Optional<Refusal> refusal = ProductRules.checkWindow(after.saleStartsAt(), after.saleEndsAt());
        if (refusal.isPresent()) {
            return Answer.refused(refusal.get());
        }
        products.update(after);
        if (after.purchaseLimit() != null && shelf.purchaseCounting(after.productId()) == PurchaseCounting.NONE) {
            countPurchases(after);
        }
        trail.writeChange(TrailKind.PRODUCT_CHANGED, command.by(), name(command.productId()), before.get(), after);
        return Answer.done(after);
    }

    /** The product's row is locked: its orders are either committed, and events up to the head, or yet to come. */
    private void countPurchases(Product product) {
        if (products.isWhole(product)) {
            products.setPurchaseCounting(product.productId(), PurchaseCounting.COUNTED);
        } else {
            products.setPurchaseCounting(product.productId(), PurchaseCounting.COUNTING);
            counts.openScan(product.productId(), events.head());
        }
    }

    private Answer<Product> adjust(AdjustStock command, Instant now, List<Long> movements) {
        Shelf shelf = products.lock(Set.of(command.productId()));
        Optional<Product> before = shelf.find(command.productId());
        if (before.isEmpty()) {
            return Answer.refused(new ProductNotFound(command.productId()));
        }
        Optional<Refusal> refusal = ProductRules.checkDelta(before.get(), command.delta());
        if (refusal.isPresent()) {
            return Answer.refused(refusal.get());
        }
        shelf.putBack(command.productId(), command.delta());
        products.save(shelf);
        movements.add(products.insertMovement(command.productId(), command.delta(), command.reason(), now));
        Product after = before.get().withStock(before.get().stock() + command.delta());
        trail.write(
                TrailKind.STOCK_ADJUSTED,
                command.by(),
                name(command.productId()),
                Map.of("delta", command.delta(), "reason", command.reason(), "stock", after.stock()));
        return Answer.done(after);
    }

    private static String name(long productId) {
        return "product " + productId;
    }
}
