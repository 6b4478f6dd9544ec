package kr.hhplus.commerce.promotion;

import java.util.Arrays;

/** Who has a coupon of a campaign, 8 bytes each. Complete up to a place in line: nobody ever leaves it. */
final class CouponHolderQuery {

    static final CouponHolderQuery EMPTY = new CouponHolderQuery(new long[0]);

    private final long[] sorted;

    private CouponHolderQuery(long[] sorted) {
        this.sorted = sorted;
    }

    CouponHolderQuery with(long[] more) {
        long[] all = Arrays.copyOf(sorted, sorted.length + more.length);
        System.arraycopy(more, 0, all, sorted.length, more.length);
        Arrays.sort(all);
        return new CouponHolderQuery(all);
    }

    int size() {
        return sorted.length;
    }

    boolean contains(long userId) {
        return Arrays.binarySearch(sorted, userId) >= 0;
    }
}
