package kr.hhplus.commerce.groupcommit;

import java.util.Optional;
import org.springframework.dao.PessimisticLockingFailureException;

/** Why a command got no answer. Each kind says what its caller may assume. */
public abstract sealed class CommitException extends RuntimeException {

    private CommitException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The queue was full, the deadline passed, others were in the way or the lane is stopping: nothing happened. */
    public static final class Overloaded extends CommitException {
        Overloaded(String message) {
            this(message, null);
        }

        Overloaded(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * What a failure of the database outside of any queue amounts to, where it says that the transaction was rolled
     * back for the sake of others; nothing where it is something else.
     */
    public static Optional<CommitException> causedByOthers(Throwable failure) {
        if (JdbcRowProbe.isLockTimeout(failure)) {
            return Optional.of(new RowLocked("another session holds a row", failure));
        }
        return failure instanceof PessimisticLockingFailureException && JdbcBatchStore.saysRolledBack(failure)
                ? Optional.of(new Overloaded("other transactions were in the way", failure))
                : Optional.empty();
    }

    /** Another session held a row that the command wants, until its deadline or the bound: nothing happened. */
    public static final class RowLocked extends CommitException {
        RowLocked(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Another command of the same caller is under way: nothing happened. */
    public static final class Busy extends CommitException {
        Busy(String message) {
            super(message, null);
        }
    }

    /** The store could not be reached before anything was committed: nothing happened. */
    public static final class Unavailable extends CommitException {
        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** This command alone could not be decided: nothing happened. */
    public static final class Failed extends CommitException {
        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The commit failed and the store could not be asked: it may or may not have happened. */
    public static final class OutcomeUnknown extends CommitException {
        OutcomeUnknown(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
