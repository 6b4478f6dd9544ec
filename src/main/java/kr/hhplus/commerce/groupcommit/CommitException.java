package kr.hhplus.commerce.groupcommit;

import java.util.Optional;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Why a command has no result, or, by {@link #causedByOthers}, why a transaction outside of any queue failed. Each type
 * says what the caller may assume.
 */
public abstract sealed class CommitException extends RuntimeException {

    private CommitException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The queue was full or stopping, the deadline passed, or other transactions kept conflicting: no effect. */
    public static final class Overloaded extends CommitException {
        Overloaded(String message) {
            this(message, null);
        }

        Overloaded(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Translates a database failure outside of any queue.
     *
     * @return empty unless the failure says that the transaction was rolled back because of other transactions
     */
    public static Optional<CommitException> causedByOthers(Throwable failure) {
        if (JdbcRowProbe.isLockTimeout(failure)) {
            return Optional.of(new RowLocked("another session holds a row", failure));
        }
        return failure instanceof PessimisticLockingFailureException && JdbcBatchStore.saysRolledBack(failure)
                ? Optional.of(new Overloaded("other transactions conflicted", failure))
                : Optional.empty();
    }

    /** Another session held a row until the deadline, or too many commands wait for such rows: no effect. */
    public static final class RowLocked extends CommitException {
        RowLocked(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Another command of the same caller is in progress: no effect. */
    public static final class Busy extends CommitException {
        Busy(String message) {
            super(message, null);
        }
    }

    /** The store could not be reached before the commit: no effect. */
    public static final class Unavailable extends CommitException {
        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The command failed in isolation: no effect. */
    public static final class Failed extends CommitException {
        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The commit failed and the store could not be reached: the command may or may not have had its effect. */
    public static final class OutcomeUnknown extends CommitException {
        OutcomeUnknown(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
