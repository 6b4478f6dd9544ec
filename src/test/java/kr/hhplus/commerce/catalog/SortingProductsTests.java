package kr.hhplus.commerce.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import kr.hhplus.commerce.catalog.ProductSort.Place;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the order and the size of the pages, every product is on exactly one of them. */
class SortingProductsTests {

    private static List<ListedProduct> products(Random random) {
        AtomicLong id = new AtomicLong();
        return Seeded.list(random, 0, 12, () -> {
            String name = Seeded.oneOf(random, "감귤", "감귤 주스", "Tea", "tea", "a b", " ", "😀", "Z_-");
            Won price = Won.of(random.nextLong(13));
            return new ListedProduct(id.incrementAndGet(), name, price, Won.CURRENCY, random.nextLong(4));
        });
    }

    @Test
    void repeatsNoneAndSkipsNone() {
        Seeded.check(
                Seeded.CASES,
                random -> assertPagesAreTheList(
                        products(random), Seeded.oneOf(random, ProductSort.values()), random.nextInt(1, 5)));
    }

    private static void assertPagesAreTheList(List<ListedProduct> products, ProductSort sort, int size) {
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

    @Test
    void putsTheNewerFirstAmongEquals() {
        Seeded.check(Seeded.CASES, random -> assertNewerFirstAmongEquals(products(random)));
    }

    private static void assertNewerFirstAmongEquals(List<ListedProduct> products) {
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
