package kr.hhplus.commerce.catalog;

import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kr.hhplus.commerce.shared.paging.Page;
import kr.hhplus.commerce.shared.paging.PageRequest;
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
    private volatile Snapshot snapshot = new Snapshot(List.of(), Long.MIN_VALUE);

    ProductList(Products products, Settings settings) {
        this.products = products;
        this.ageNanosMax = settings.listMaxAge().toNanos();
    }

    /** @param listMaxAge how old the product list may be */
    @ConfigurationProperties("commerce.catalog")
    record Settings(@DefaultValue("200ms") Duration listMaxAge) {}

    /** @param query words that a name must contain, in any order and case; empty: all products */
    public Page<ListedProduct> page(String query, ProductSort sort, PageRequest request) {
        Stream<ListedProduct> found = current().sorted(sort).stream().filter(matching(query));
        if (request.cursor() != null) {
            ProductSort.Place last = sort.parseCursor(request.cursor()).orElseThrow(PageRequest::invalidCursor);
            found = found.filter(product -> sort.place(product).compareTo(last) > 0);
        }
        return Page.of(found.limit(request.size() + 1L).toList(), request.size(), product -> sort.place(product)
                .toCursor());
    }

    private static Predicate<ListedProduct> matching(String query) {
        String[] words = folded(query).trim().split("\\s+");
        return product -> {
            String name = folded(product.name());
            return Stream.of(words).allMatch(name::contains);
        };
    }

    /** Hangul comes composed from some keyboards and in parts from others. */
    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** The list of now as it is, newest first. */
    public List<ListedProduct> all() {
        return current().newestFirst();
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
            snapshot = new Snapshot(products.list(), asked);
        }
        return snapshot;
    }

    private boolean isFresh(Snapshot taken) {
        return taken.nanos() != Long.MIN_VALUE && System.nanoTime() - taken.nanos() <= ageNanosMax;
    }

    /** What was there at one instant, in every order that somebody asked for. */
    private record Snapshot(List<ListedProduct> newestFirst, long nanos, Map<ProductSort, List<ListedProduct>> orders) {

        Snapshot(List<ListedProduct> newestFirst, long nanos) {
            this(newestFirst, nanos, new ConcurrentHashMap<>());
        }

        List<ListedProduct> sorted(ProductSort sort) {
            return orders.computeIfAbsent(
                    sort,
                    order -> newestFirst.stream().sorted(order.comparator()).toList());
        }
    }
}
