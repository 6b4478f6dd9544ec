package kr.hhplus.commerce.ranking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The lengths of the UTC intervals over which sales are summed up. */
enum BucketWidth {
    MINUTE("M", ChronoUnit.MINUTES),
    HOUR("H", ChronoUnit.HOURS),
    DAY("D", ChronoUnit.DAYS);

    private final String code;
    private final ChronoUnit unit;

    BucketWidth(String code, ChronoUnit unit) {
        this.code = code;
        this.unit = unit;
    }

    /** Returns the code in the table. */
    String code() {
        return code;
    }

    /** Returns the start of the interval that contains the instant. */
    Instant floor(Instant instant) {
        return instant.truncatedTo(unit);
    }

    /** Returns the first interval start that is not before the instant. */
    Instant ceiling(Instant instant) {
        Instant floor = floor(instant);
        return floor.equals(instant) ? floor : floor.plus(1, unit);
    }

    Instant next(Instant start) {
        return start.plus(1, unit);
    }
}
