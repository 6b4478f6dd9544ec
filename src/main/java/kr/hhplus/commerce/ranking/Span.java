package kr.hhplus.commerce.ranking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The widths of time, in UTC, over which sales are summed up. */
enum Span {
    MINUTE("M", ChronoUnit.MINUTES),
    HOUR("H", ChronoUnit.HOURS),
    DAY("D", ChronoUnit.DAYS);

    private final String code;
    private final ChronoUnit unit;

    Span(String code, ChronoUnit unit) {
        this.code = code;
        this.unit = unit;
    }

    /** How the tables name it. */
    String code() {
        return code;
    }

    /** The start of the one that the instant lies in. */
    Instant floor(Instant instant) {
        return instant.truncatedTo(unit);
    }

    /** The first start that is not before the instant. */
    Instant ceiling(Instant instant) {
        Instant floor = floor(instant);
        return floor.equals(instant) ? floor : floor.plus(1, unit);
    }

    Instant next(Instant start) {
        return start.plus(1, unit);
    }
}
