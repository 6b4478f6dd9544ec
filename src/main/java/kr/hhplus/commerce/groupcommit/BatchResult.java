package kr.hhplus.commerce.groupcommit;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The results of a batch, and how to find out whether it was committed.
 *
 * @param results one per command, in their order
 * @param isCommitted asked in a new transaction after a failed commit: looks up a row that this batch alone inserts,
 *     with a locking read, so that it waits for a commit that is still in progress. A batch that wrote nothing returns
 *     false and is decided again.
 */
public record BatchResult<R>(List<R> results, BooleanSupplier isCommitted) {

    /** A batch without effect, which can be decided again without harm. */
    public static <R> BatchResult<R> nothingWritten(List<R> results) {
        return new BatchResult<>(results, () -> false);
    }
}
