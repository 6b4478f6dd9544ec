package kr.hhplus.commerce.groupcommit;

import java.util.Locale;

/** One failure of each kind that a queue can answer with. */
public final class CommitFailures {

    private CommitFailures() {}

    public static CommitException of(String kind) {
        RuntimeException cause = new IllegalStateException("SELECT secret FROM wallet");
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "overloaded" -> new CommitException.Overloaded("secret");
            case "locked" -> new CommitException.RowLocked("secret", cause);
            case "unavailable" -> new CommitException.Unavailable("secret", cause);
            case "unknown" -> new CommitException.OutcomeUnknown("secret", cause);
            default -> new CommitException.Failed("secret", cause);
        };
    }
}
