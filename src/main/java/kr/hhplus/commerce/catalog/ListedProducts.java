package kr.hhplus.commerce.catalog;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The products of one snapshot. Each sort order and the folded names for the search are computed once per snapshot, on
 * first use.
 */
final class ListedProducts {

    private static final Pattern WHITE_SPACE = Pattern.compile("(?U)\\s+");

    private final List<ListedProduct> newestFirst;
    private final UnaryOperator<String> fold;
    private final Map<ProductSort, List<ListedProduct>> orders = new ConcurrentHashMap<>();
    private Map<Long, String> foldedNames;

    ListedProducts(List<ListedProduct> newestFirst) {
        this(newestFirst, ListedProducts::folded);
    }

    /**
     * Creates the list.
     *
     * @param fold converts names and queries into the form in which they are compared
     */
    ListedProducts(List<ListedProduct> newestFirst, UnaryOperator<String> fold) {
        this.newestFirst = newestFirst;
        this.fold = fold;
    }

    /** Normalizes, because some keyboards send Hangul composed and others send it decomposed. */
    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    List<ListedProduct> newestFirst() {
        return newestFirst;
    }

    /**
     * Searches by name.
     *
     * @param query words that a name must contain, in any order and case; blank finds all products
     */
    Stream<ListedProduct> find(String query, ProductSort sort) {
        Stream<ListedProduct> sorted = sorted(sort).stream();
        List<String> words = WHITE_SPACE
                .splitAsStream(fold.apply(query))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return sorted;
        }
        Map<Long, String> names = foldedNames();
        return sorted.filter(product -> words.stream().allMatch(names.get(product.productId())::contains));
    }

    private List<ListedProduct> sorted(ProductSort sort) {
        return orders.computeIfAbsent(
                sort, order -> newestFirst.stream().sorted(order.comparator()).toList());
    }

    private synchronized Map<Long, String> foldedNames() {
        if (foldedNames == null) {
            Map<Long, String> folded = new HashMap<>();
            newestFirst.forEach(product -> folded.put(product.productId(), fold.apply(product.name())));
            foldedNames = folded;
        }
        return foldedNames;
    }
}
