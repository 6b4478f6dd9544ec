package kr.hhplus.commerce.ranking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a window into whole days, the hours around them and the minutes around those: at most 194 sums for 30 days
 * instead of 43,200.
 */
final class WindowSplitter {

    /** The consecutive intervals of one width from {@code from}, inclusive, to {@code end}, exclusive. */
    record Part(BucketWidth width, Instant from, Instant end) {}

    private WindowSplitter() {}

    /** Returns parts that cover the window without gap or overlap. */
    static List<Part> split(SalesWindow window) {
        List<Part> parts = new ArrayList<>(5);
        split(BucketWidth.DAY, window.from(), window.end(), parts);
        return parts;
    }

    private static void split(BucketWidth widest, Instant from, Instant end, List<Part> parts) {
        if (!from.isBefore(end)) {
            return;
        }
        if (widest == BucketWidth.MINUTE) {
            parts.add(new Part(BucketWidth.MINUTE, from, end));
            return;
        }
        BucketWidth narrower = widest == BucketWidth.DAY ? BucketWidth.HOUR : BucketWidth.MINUTE;
        Instant first = widest.ceiling(from);
        Instant last = widest.floor(end);
        if (!first.isBefore(last)) {
            split(narrower, from, end, parts);
            return;
        }
        split(narrower, from, first, parts);
        parts.add(new Part(widest, first, last));
        split(narrower, last, end, parts);
    }
}
