package kr.hhplus.commerce.ranking;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses a client's range: {@code 3days}, {@code 1hour}, or ISO-8601 such as {@code PT90M}. */
final class RangeRules {

    static final Duration MAX = Duration.ofDays(30);

    private static final Pattern WORDS = Pattern.compile("1(day|hour)|([1-9]\\d{0,2})(days|hours)");
    private static final Pattern ISO = Pattern.compile("P[0-9DTHMSW.]{2,30}");

    private RangeRules() {}

    /**
     * Returns the range. Empty if the text is not a positive range of at most 30 days. Months and years have no fixed
     * length.
     */
    static Optional<Duration> parse(String text) {
        return read(text).filter(range -> range.compareTo(Duration.ZERO) > 0 && range.compareTo(MAX) <= 0);
    }

    private static Optional<Duration> read(String text) {
        Matcher words = WORDS.matcher(text);
        if (words.matches()) {
            long count = words.group(1) != null ? 1 : Long.parseLong(words.group(2));
            boolean days = text.contains("day");
            return Optional.of(days ? Duration.ofDays(count) : Duration.ofHours(count));
        }
        if (!ISO.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(text.contains("W") ? ofWeeks(text) : Duration.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Duration ofWeeks(String text) {
        Period period = Period.parse(text);
        if (period.toTotalMonths() != 0) {
            throw new DateTimeException("a month has no fixed length");
        }
        return Duration.ofDays(period.getDays());
    }
}
