package kr.hhplus.commerce.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import kr.hhplus.commerce.catalog.ProductSort.Place;
import kr.hhplus.commerce.shared.Won;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the order and the size of the pages, every product is on exactly one of them. */
class SortingProductsTests {

    @Provide
    Arbitrary<List<ListedProduct>> products() {
        Arbitrary<String> name = Arbitraries.of("감귤", "감귤 주스", "Tea", "tea", "a b", " ", "😀", "Z_-");
        return Combinators.combine(
                        name,
                        Arbitraries.longs().between(0, 12),
                        Arbitraries.longs().between(0, 3))
                .as((text, price, stock) -> new ListedProduct(0, text, Won.of(price), Won.CURRENCY, stock))
                .list()
                .ofMaxSize(12)
                .map(all -> IntStream.range(0, all.size())
                        .mapToObj(i -> numbered(i + 1, all.get(i)))
                        .toList());
    }

    private static ListedProduct numbered(long id, ListedProduct product) {
        return new ListedProduct(id, product.name(), product.price(), product.currency(), product.stock());
    }

    @Property
    void repeatsNoneAndSkipsNone(
            @ForAll("products") List<ListedProduct> products,
            @ForAll ProductSort sort,
            @ForAll @IntRange(min = 1, max = 4) int size) {
        List<ListedProduct> sorted = products.stream().sorted(sort.comparator()).toList();
        List<ListedProduct> seen = new ArrayList<>();
        List<ListedProduct> page = sorted.stream().limit(size).toList();
        while (!page.isEmpty()) {
            seen.addAll(page);
            String cursor = sort.place(page.get(page.size() - 1)).toPosition();
            assertThat(cursor).matches("[A-Za-z0-9_-]+");
            Place last = sort.parsePlace(cursor).orElseThrow();
            page = sorted.stream()
                    .filter(product -> sort.place(product).compareTo(last) > 0)
                    .limit(size)
                    .toList();
        }
        assertThat(seen).isEqualTo(sorted).hasSameSizeAs(products);
    }

    @Property
    void putsTheNewerFirstAmongEquals(@ForAll("products") List<ListedProduct> products) {
        Comparator<ListedProduct> newest = Comparator.comparing(ListedProduct::productId, Comparator.reverseOrder());
        Comparator<ListedProduct> price = Comparator.comparing(ListedProduct::price);
        assertThat(sorted(products, "newest")).isSortedAccordingTo(newest);
        assertThat(sorted(products, "price")).isSortedAccordingTo(price.thenComparing(newest));
        assertThat(sorted(products, "-price"))
                .isSortedAccordingTo(price.reversed().thenComparing(newest));
        assertThat(sorted(products, "-stock"))
                .isSortedAccordingTo(Comparator.comparingLong(ListedProduct::stock)
                        .reversed()
                        .thenComparing(newest));
    }

    private static List<ListedProduct> sorted(List<ListedProduct> products, String sort) {
        return products.stream()
                .sorted(ProductSort.parse(sort).orElseThrow().comparator())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"price,-1", "price,x", "price,''", "stock,9223372036854775808", "newest,1"})
    void readsNoCursorOfAnotherOrder(String sort, String key) {
        ProductSort order = ProductSort.parse(sort).orElseThrow();
        String cursor = new Place(key, 3, Comparator.naturalOrder()).toPosition();
        assertThat(order.parsePlace(cursor)).isEmpty();
    }

    @Test
    void readsNoCursorFromWhatIsNone() {
        for (String cursor : List.of("A", "____", "MQ", "eCB5")) {
            assertThat(ProductSort.NAME.parsePlace(cursor)).as(cursor).isEmpty();
        }
        assertThat(ProductSort.parse("PRICE")).isEmpty();
        assertThat(ProductSort.parse("--price")).isEmpty();
    }
}
