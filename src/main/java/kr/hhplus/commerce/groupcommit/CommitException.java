package kr.hhplus.commerce.groupcommit;

/** Why a command got no answer. Each kind says what its caller may assume. */
public abstract sealed class CommitException extends RuntimeException {

    private CommitException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The queue was full, the deadline passed or the lane is stopping: nothing happened. */
    public static final class Overloaded extends CommitException {
        Overloaded(String message) {
            super(message, null);
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
