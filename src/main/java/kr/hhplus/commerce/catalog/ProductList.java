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
 * Caches all products in memory for {@code commerce.catalog.list-max-age}, so that lists cost one query per that time
 * for all requests.
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

    /**
     * Settings of the list.
     *
     * @param listMaxAge how old the product list may be
     */
    @ConfigurationProperties("commerce.catalog")
    record Settings(@DefaultValue("200ms") Duration listMaxAge) {}

    /**
     * Returns a page of products.
     *
     * @param query words that a name must contain, in any order and case; blank finds all products
     */
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

    /** Returns all products, newest first. */
    public List<ListedProduct> all() {
        return current().products().newestFirst();
    }

    /**
     * Returns when the current list expires, by {@link System#nanoTime()}. A page requested before may use this list.
     */
    long freshUntilNanos() {
        return current().nanos() + ageNanosMax;
    }

    private Snapshot current() {
        Snapshot last = snapshot;
        return isFresh(last) ? last : refresh();
    }

    private synchronized Snapshot refresh() {
        if (!isFresh(snapshot)) {
            long readNanos = System.nanoTime();
            snapshot = new Snapshot(new ListedProducts(products.list()), readNanos);
        }
        return snapshot;
    }

    private boolean isFresh(Snapshot candidate) {
        return candidate.nanos() != Long.MIN_VALUE && System.nanoTime() - candidate.nanos() <= ageNanosMax;
    }

    /** The products at one instant. */
    private record Snapshot(ListedProducts products, long nanos) {}
}
