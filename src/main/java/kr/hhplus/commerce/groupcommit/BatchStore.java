package kr.hhplus.commerce.groupcommit;

import java.util.List;

/**
 * Where batches are decided and made durable. The queue calls begin, decide and commit, and after a commit that
 * failed, isCommitted.
 *
 * @param <C> the command
 * @param <R> its result
 */
public interface BatchStore<C, R> {

    /** Opens a transaction. When this throws, nothing has happened. */
    Batch<C, R> begin();

    /**
     * Reacts to a failure of {@link #begin()} or {@link Batch#decide}, for example by closing broken connections.
     *
     * @return what the failure means for the next attempt
     */
    Failure onFailure(RuntimeException failure);

    /** Whether a failure of {@link Batch#commit()} says for certain that the transaction was rolled back. */
    default boolean rolledBack(Throwable failure) {
        return false;
    }

    /** One attempt at one batch, in one transaction, used by one thread. */
    interface Batch<C, R> {

        /**
         * Locks, decides and writes, but does not commit.
         *
         * @return one result per command, in their order
         */
        List<R> decide(List<C> commands);

        /** Makes the batch durable. When this throws, the outcome is unknown until {@link #isCommitted()} returns. */
        void commit();

        /** Undoes everything; never throws. */
        void rollback();

        /**
         * Looks for the batch's own rows after a failed commit, in a new transaction and under lock, so that it waits
         * for a commit that is still in progress. Throws when it cannot tell.
         */
        boolean isCommitted();
    }

    /** What a failed attempt means for the next one. */
    enum Failure {
        /** Conflict with another transaction (deadlock, rollback at the commit): retry the same batch. */
        CONTENDED,
        /** Lock timeout: find the locked rows, and set aside the commands that want them. */
        LOCKED,
        /** A unique key that raced: retry; a command that still fails in isolation is broken. */
        DUPLICATE,
        /** The store cannot be reached: retry, but do not multiply the attempts by splitting. */
        UNREACHABLE,
        /** One of the commands, or a broken invariant: find it by splitting. */
        NOT_RETRYABLE
    }
}
