package kr.hhplus.commerce.console.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kr.hhplus.commerce.catalog.ListedProduct;
import kr.hhplus.commerce.console.dashboard.HotProducts.Hot;
import kr.hhplus.commerce.kernel.Won;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HotProductsTests {

    private static final Offset<Double> NEARLY = within(0.5);

    private final HotProducts hot = new HotProducts();

    /** Products 1, 2, … with so many pieces left. */
    private static List<ListedProduct> stock(long... left) {
        return IntStream.range(0, left.length)
                .mapToObj(i -> new ListedProduct(i + 1, "P" + (i + 1), Won.ZERO, Won.CURRENCY, left[i]))
                .toList();
    }

    private List<Hot> look(long... left) {
        return hot.after(stock(left), 1);
    }

    private static List<Long> ids(List<Hot> products) {
        return products.stream().map(Hot::id).toList();
    }

    @Test
    void comesFirstWhatSellsMost() {
        hot.after(stock(100, 100, 100), 0);
        assertThat(ids(look(99, 100, 90))).containsExactly(3L, 1L);
    }

    @Test
    void theSpeedIsThatOfLate() {
        hot.after(stock(1000), 0);
        for (int second = 1; second <= 20; second++) {
            look(1000 - 10 * second);
        }
        assertThat(look(790).get(0).perSecond()).isCloseTo(10, NEARLY);
        for (int second = 1; second <= 20; second++) {
            look(790);
        }
        assertThat(look(790).get(0).perSecond()).isCloseTo(0, NEARLY);
    }

    @Test
    void whatIsSoldOutStaysInSightForAWhile() {
        hot.after(stock(50, 1_000_000), 0);
        look(0, 999_999);
        for (int second = 2; second <= 60; second++) {
            look(0, 1_000_000 - second);
        }
        assertThat(ids(look(0, 999_900))).contains(1L);
    }

    @Test
    void aRestockIsNoSaleAndNeitherIsWhatWentOnUnseen() {
        hot.after(stock(10, 10), 0);
        assertThat(look(50, 10)).isEmpty();
        assertThat(hot.after(stock(50, 0), 0)).isEmpty();
    }

    @Test
    void showsAHandful() {
        hot.after(stock(9, 9, 9, 9, 9, 9, 9), 0);
        assertThat(look(Arrays.copyOf(new long[0], 7))).hasSize(5);
    }
}
