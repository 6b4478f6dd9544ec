package kr.hhplus.commerce.groupcommit;

import java.util.List;

/**
 * Where batches are decided and made durable. The engine drives it: begin, apply, commit, and after a commit that
 * failed, the question whether it happened all the same.
 *
 * @param <C> the command
 * @param <R> its answer
 */
public interface BatchStore<C, R> {

    /** Opens a transaction. Throws when there is none to be had; then nothing has happened. */
    Batch<C, R> begin();

    /** What a failure of {@link #begin()} or {@link Batch#apply} means for the next attempt. */
    Failure classify(RuntimeException failure);

    /** Whether a failure of {@link Batch#commit()} says for certain that the transaction was rolled back. */
    default boolean rolledBack(Throwable failure) {
        return false;
    }

    /** A writer has nothing to do: what it keeps between batches is given back. */
    default void rest() {}

    /** One attempt at one batch, in one transaction, used by one thread. */
    interface Batch<C, R> {

        /** Locks, decides and writes, but does not commit. One answer per command, in their order. */
        List<R> apply(List<C> commands);

        /** Makes it durable. If this throws, the outcome is unknown until {@link #committed()} tells. */
        void commit();

        /** Undoes everything; never throws. */
        void rollback();

        /**
         * Looks for the batch's own rows after a failed commit, in a new transaction and under lock, so that a
         * commit still under way is waited for. Throws when it cannot tell.
         */
        boolean committed();
    }

    /** How a failed attempt goes on. */
    enum Failure {
        /** Another transaction was in the way (deadlock, rollback at the commit): try the same batch again. */
        CONTENDED,
        /** Another transaction held a row for too long: find out which, and set aside the commands that want it. */
        LOCKED,
        /** A row was there already (a key that raced): try again; a command that fails so to the end is broken. */
        DUPLICATE,
        /** The store is out of reach: try again, but do not multiply the attempts by splitting. */
        UNREACHABLE,
        /** One of the commands, or a broken invariant: find it by splitting. */
        POISONED
    }
}
