package kr.hhplus.commerce.order;

import static kr.hhplus.commerce.order.Goods.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.testkit.Seeded;
import org.junit.jupiter.api.Test;

/** How the won of an order are divided among its pieces. */
class RefundSharesTests {

    /** Lines of one piece each, unless {@code quantities} says otherwise. */
    private static Order order(long discount, long[] unitPrices, long[] quantities) {
        List<Order.Item> items = new ArrayList<>();
        for (int i = 0; i < unitPrices.length; i++) {
            Won price = Won.of(unitPrices[i]);
            items.add(new Order.Item(i + 1, "P", price, quantities[i], price.times(quantities[i]), null));
        }
        Won total = items.stream().map(Order.Item::lineAmount).reduce(Won.ZERO, Won::plus);
        return new Order(
                "0000000000001",
                7,
                Order.Status.PAID,
                items,
                total,
                Won.of(discount),
                total.minus(Won.of(discount)),
                Won.CURRENCY,
                null,
                null,
                NOON,
                null,
                null,
                null);
    }

    private static List<Long> paid(long discount, long... amounts) {
        long[] ones = LongStream.generate(() -> 1).limit(amounts.length).toArray();
        return RefundShares.paidByLine(order(discount, amounts, ones)).stream()
                .map(Won::amount)
                .toList();
    }

    @Test
    void givesTheWonThatAreLeftToTheLargestRemainders() {
        // 100 × 300/700 = 42.86, 100 × 200/700 = 28.57 twice: one won goes to the first line, one to the second.
        assertThat(paid(100, 300, 200, 200)).containsExactly(257L, 171L, 172L);
        assertThat(paid(1, 1, 1, 1)).containsExactly(0L, 1L, 1L);
        assertThat(paid(2, 1, 5, 0)).containsExactly(1L, 3L, 0L);
    }

    @Test
    void takesNothingWithoutADiscountAndEverythingWithAWholeOne() {
        assertThat(paid(0, 300, 0, 200)).containsExactly(300L, 0L, 200L);
        assertThat(paid(500, 300, 0, 200)).containsExactly(0L, 0L, 0L);
        assertThat(paid(0, 0, 0)).containsExactly(0L, 0L);
    }

    @Test
    void givesTheLastPieceWhatIsLeft() {
        Won paid = Won.of(100);
        assertThat(RefundShares.worth(paid, 3, 0, 1)).isEqualTo(Won.of(33));
        assertThat(RefundShares.worth(paid, 3, 1, 1)).isEqualTo(Won.of(33));
        assertThat(RefundShares.worth(paid, 3, 2, 1)).isEqualTo(Won.of(34));
        assertThat(RefundShares.worth(paid, 3, 0, 3)).isEqualTo(Won.of(100));
    }

    @Test
    void countsBeyondThePrecisionOfALong() {
        long[] prices = {1_000_000_000, 999_999_999};
        Order order = order(1_234_567_890_123_456L, prices, new long[] {1_000_000, 1_000_000});
        List<Won> paid = RefundShares.paidByLine(order);
        assertThat(paid.get(0).plus(paid.get(1))).isEqualTo(order.paidAmount());
        assertThat(RefundShares.worth(paid.get(0), 1_000_000, 0, 999_999)
                        .plus(RefundShares.worth(paid.get(0), 1_000_000, 999_999, 1)))
                .isEqualTo(paid.get(0));
    }

    @Test
    void dividesExactlyAndFairly() {
        Seeded.check(5_000, RefundSharesTests::assertDividedExactlyAndFairly);
    }

    private static void assertDividedExactlyAndFairly(Random random) {
        Order order = anOrder(random);
        List<Won> paid = RefundShares.paidByLine(order);
        assertThat(paid.stream().reduce(Won.ZERO, Won::plus)).isEqualTo(order.paidAmount());
        for (int line = 0; line < paid.size(); line++) {
            long amount = order.items().get(line).lineAmount().amount();
            BigInteger share = BigInteger.valueOf(amount - paid.get(line).amount());
            assertThat(paid.get(line).amount()).isBetween(0L, amount);
            // The share differs from the exact one, discount × amount / total, by less than one won.
            BigInteger total = BigInteger.valueOf(order.totalAmount().amount());
            BigInteger exactTimesTotal =
                    BigInteger.valueOf(order.discountAmount().amount()).multiply(BigInteger.valueOf(amount));
            assertThat(share.multiply(total).subtract(exactTimesTotal).abs()).isLessThan(total.max(BigInteger.ONE));
        }
    }

    private static Order anOrder(Random random) {
        int lines = random.nextInt(1, 8);
        long priceMax = Seeded.oneOf(random, 2L, 10L, 1_000L, 1_000_000_000L);
        long[] prices = random.longs(lines, 0, priceMax).toArray();
        long[] quantities =
                random.longs(lines, 1, Seeded.oneOf(random, 2L, 5L, 100L)).toArray();
        long total = order(0, prices, quantities).totalAmount().amount();
        long discount = Seeded.oneOf(random, 0L, total, total == 0 ? 0 : random.nextLong(total + 1));
        return order(discount, prices, quantities);
    }

    @Test
    void makesAndLosesNoWonInAnySequence() {
        Seeded.check(5_000, random -> {
            Order order = anOrder(random);
            List<Won> paid = RefundShares.paidByLine(order);
            long[] left = order.items().stream().mapToLong(Order.Item::quantity).toArray();
            Won refunded = Won.ZERO;
            while (LongStream.of(left).sum() > 0) {
                int line = random.nextInt(left.length);
                if (left[line] > 0) {
                    long quantity = order.items().get(line).quantity();
                    long pieces = random.nextLong(1, left[line] + 1);
                    Won worth = RefundShares.worth(paid.get(line), quantity, quantity - left[line], pieces);
                    assertThat(worth).isGreaterThanOrEqualTo(Won.ZERO);
                    refunded = refunded.plus(worth);
                    assertThat(refunded).isLessThanOrEqualTo(order.paidAmount());
                    left[line] -= pieces;
                }
            }
            assertThat(refunded).isEqualTo(order.paidAmount());
        });
    }
}
