package kr.hhplus.commerce.order;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import kr.hhplus.commerce.kernel.Won;

/**
 * Divides what was paid for an order among its pieces, in whole won.
 *
 * <p>The discount is divided among the lines in proportion to their amounts, by largest remainder: every line gets its
 * share rounded down, and the won that are left go to the lines with the largest remainders, the first line first. So
 * what was paid for the lines adds up to what was paid for the order.
 *
 * <p>The first {@code n} of {@code q} pieces of a line are worth {@code n/q} of what was paid for it, rounded down. A
 * refund is worth the difference of two such values. So no sequence of refunds makes or loses a won: together they give
 * back what was paid, and the last one gives what is left.
 */
final class RefundShares {

    private RefundShares() {}

    /** Returns what was paid for each line, in the order of the lines. */
    static List<Won> paidByLine(Order order) {
        long total = order.totalAmount().amount();
        long discount = order.discountAmount().amount();
        List<Long> amounts =
                order.items().stream().map(item -> item.lineAmount().amount()).toList();
        if (discount == 0) {
            return amounts.stream().map(Won::of).toList();
        }
        List<Long> shares = new ArrayList<>();
        List<Long> remainders = new ArrayList<>();
        for (long amount : amounts) {
            BigInteger[] share = multiply(discount, amount).divideAndRemainder(BigInteger.valueOf(total));
            shares.add(share[0].longValueExact());
            remainders.add(share[1].longValueExact());
        }
        long left = discount - shares.stream().mapToLong(Long::longValue).sum();
        // The sort is stable, so the first of equal remainders comes first.
        IntStream.range(0, shares.size())
                .boxed()
                .sorted(Comparator.comparing(remainders::get).reversed())
                .limit(left)
                .forEach(line -> shares.set(line, shares.get(line) + 1));
        return IntStream.range(0, amounts.size())
                .mapToObj(line -> Won.of(amounts.get(line) - shares.get(line)))
                .toList();
    }

    /**
     * Returns what pieces of a line are worth.
     *
     * @param paid for the whole line
     * @param refunded pieces of the line that were refunded before
     */
    static Won worth(Won paid, long quantity, long refunded, long pieces) {
        return first(refunded + pieces, paid, quantity).minus(first(refunded, paid, quantity));
    }

    private static Won first(long pieces, Won paid, long quantity) {
        return Won.of(multiply(paid.amount(), pieces)
                .divide(BigInteger.valueOf(quantity))
                .longValueExact());
    }

    private static BigInteger multiply(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }
}
