package kr.hhplus.commerce.auditlog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Counts the entries that failed sign-ins cause in an hour, and how many failures got none. */
final class FailedSignInQuota {

    private final int entriesMax;
    private Instant hour = Instant.EPOCH;
    private int entries;
    private long omitted;

    /** @param entriesMax in an hour */
    FailedSignInQuota(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    /** Whether one more failure gets an entry of its own; else it is counted as omitted. */
    synchronized boolean take(Instant now) {
        Instant current = now.truncatedTo(ChronoUnit.HOURS);
        if (!current.equals(hour)) {
            hour = current;
            entries = 0;
        }
        if (entries < entriesMax) {
            entries++;
            return true;
        }
        omitted++;
        return false;
    }

    /** The failures of hours that are over, which got no entry; each is returned once. */
    synchronized long takeOmitted(Instant now) {
        if (now.truncatedTo(ChronoUnit.HOURS).equals(hour)) {
            return 0;
        }
        long counted = omitted;
        omitted = 0;
        return counted;
    }
}
