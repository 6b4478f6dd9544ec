package kr.hhplus.commerce.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.kernel.Won;
import org.junit.jupiter.api.Test;

/** Many searches over one snapshot of the product list. */
class SearchingManyTimesTests {

    private final AtomicInteger folded = new AtomicInteger();
    private final ListedProducts products =
            new ListedProducts(List.of(product(3, "Red tea"), product(2, "감귤 주스"), product(1, "Tea")), text -> {
                folded.incrementAndGet();
                return text.toLowerCase(java.util.Locale.ROOT);
            });

    private static ListedProduct product(long id, String name) {
        return new ListedProduct(id, name, Won.of(id * 100), Won.CURRENCY, 1);
    }

    private List<Long> found(String query, ProductSort sort) {
        return products.find(query, sort).map(ListedProduct::productId).toList();
    }

    @Test
    void foldEachNameOnce() {
        for (int i = 0; i < 50; i++) {
            assertThat(found("TEA", ProductSort.NEWEST)).containsExactly(3L, 1L);
            assertThat(found("tea", ProductSort.PRICE)).containsExactly(1L, 3L);
        }
        int names = 3;
        int queries = 100;
        assertThat(folded).hasValue(names + queries);
    }

    @Test
    void foldNothingWhereNothingIsSearched() {
        assertThat(found("", ProductSort.NEWEST)).containsExactly(3L, 2L, 1L);
        assertThat(found(" \u3000 ", ProductSort.NEWEST)).containsExactly(3L, 2L, 1L);
        assertThat(folded).as("the queries alone").hasValue(2);
    }

    @Test
    void findWordsBetweenAnyWhiteSpace() {
        assertThat(found("주스\u3000감귤", ProductSort.NEWEST)).containsExactly(2L);
    }
}
