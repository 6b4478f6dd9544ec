package kr.hhplus.commerce.groupcommit;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The answers of a batch, and how to find out whether it was committed.
 *
 * @param answers one per command, in their order
 * @param written asked in a new transaction after a failed commit: looks up a row that this batch alone inserts, with a
 *     locking read, so that it waits for a commit under way. A batch that wrote nothing answers false and is decided
 *     again.
 */
public record BatchResult<R>(List<R> answers, BooleanSupplier written) {

    /** A batch without effect: deciding it again does no harm. */
    public static <R> BatchResult<R> nothingWritten(List<R> answers) {
        return new BatchResult<>(answers, () -> false);
    }
}
