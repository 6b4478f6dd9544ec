package kr.hhplus.commerce.coupon;

import java.util.Arrays;

/** Who has a coupon of a campaign, 8 bytes each. Complete up to a place in line: nobody ever leaves it. */
final class HolderList {

    static final HolderList EMPTY = new HolderList(new long[0]);

    private final long[] sorted;

    private HolderList(long[] sorted) {
        this.sorted = sorted;
    }

    HolderList with(long[] more) {
        long[] all = Arrays.copyOf(sorted, sorted.length + more.length);
        System.arraycopy(more, 0, all, sorted.length, more.length);
        Arrays.sort(all);
        return new HolderList(all);
    }

    int size() {
        return sorted.length;
    }

    boolean contains(long userId) {
        return Arrays.binarySearch(sorted, userId) >= 0;
    }
}
