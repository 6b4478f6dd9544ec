package kr.hhplus.commerce.promotion;

import java.util.Arrays;

/** The users who hold a coupon of a campaign up to a sequence, 8 bytes each. Coupons are never deleted. */
final class CouponHolderIds {

    static final CouponHolderIds EMPTY = new CouponHolderIds(new long[0]);

    private final long[] sorted;

    private CouponHolderIds(long[] sorted) {
        this.sorted = sorted;
    }

    CouponHolderIds with(long[] more) {
        long[] all = Arrays.copyOf(sorted, sorted.length + more.length);
        System.arraycopy(more, 0, all, sorted.length, more.length);
        Arrays.sort(all);
        return new CouponHolderIds(all);
    }

    int size() {
        return sorted.length;
    }

    boolean contains(long userId) {
        return Arrays.binarySearch(sorted, userId) >= 0;
    }
}
