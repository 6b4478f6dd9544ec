package kr.hhplus.commerce.catalog;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Service;

/**
 * All products in memory, read anew when a list is asked for and the last one is too old: lists cost the database one
 * query per age, however many ask.
 */
@Service
public class ProductList {

    private final Products products;
    private final long ageNanosMax;
    private volatile Snapshot snapshot = new Snapshot(new ListedProducts(List.of()), Long.MIN_VALUE);

    ProductList(Products products, Settings settings) {
        this.products = products;
        this.ageNanosMax = settings.listMaxAge().toNanos();
    }

    /** @param listMaxAge how old the product list may be */
    @ConfigurationProperties("commerce.catalog")
    record Settings(@DefaultValue("200ms") Duration listMaxAge) {}

    /** @param query words that a name must contain, in any order and case; blank: all products */
    public Page<ListedProduct> page(String query, ProductSort sort, PageRequest request) {
        Cursors cursors = request.cursorsOf("products", sort, query);
        Stream<ListedProduct> found = current().products().find(query, sort);
        if (cursors.position().isPresent()) {
            ProductSort.Place last = sort.parsePlace(cursors.position().get()).orElseThrow(PageRequest::invalidCursor);
            found = found.filter(product -> sort.place(product).compareTo(last) > 0);
        }
        return Page.of(
                found.limit(request.size() + 1L).toList(), request.size(), cursors, product -> sort.place(product)
                        .toPosition());
    }

    /** The list of now as it is, newest first. */
    public List<ListedProduct> all() {
        return current().products().newestFirst();
    }

    /** Until when the list of now is given out, by {@link System#nanoTime()}; a page asked for later is no older. */
    long freshUntilNanos() {
        return current().nanos() + ageNanosMax;
    }

    private Snapshot current() {
        Snapshot last = snapshot;
        return isFresh(last) ? last : refreshed();
    }

    private synchronized Snapshot refreshed() {
        if (!isFresh(snapshot)) {
            long asked = System.nanoTime();
            snapshot = new Snapshot(new ListedProducts(products.list()), asked);
        }
        return snapshot;
    }

    private boolean isFresh(Snapshot taken) {
        return taken.nanos() != Long.MIN_VALUE && System.nanoTime() - taken.nanos() <= ageNanosMax;
    }

    /** What was there at one instant. */
    private record Snapshot(ListedProducts products, long nanos) {}
}
