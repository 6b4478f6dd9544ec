package kr.hhplus.commerce.auditlog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Bounds the entries of failed sign-ins per hour, and counts the failures without an entry. */
final class FailedSignInQuota {

    private final int entriesMax;
    private Instant hour = Instant.EPOCH;
    private int entries;
    private long omitted;

    /** @param entriesMax per hour */
    FailedSignInQuota(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    /** @return whether the failure gets its own entry; otherwise it is counted as omitted */
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

    /** Returns and resets the number of failures of past hours without an entry; 0 during the hour. */
    synchronized long takeOmitted(Instant now) {
        if (now.truncatedTo(ChronoUnit.HOURS).equals(hour)) {
            return 0;
        }
        long counted = omitted;
        omitted = 0;
        return counted;
    }
}
