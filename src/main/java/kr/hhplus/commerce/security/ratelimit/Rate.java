package kr.hhplus.commerce.security.ratelimit;

import io.github.bucket4j.Bandwidth;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate of a token bucket, written as {@code 2/s burst 10}: ten at once, and two more every second.
 *
 * @param tokens added in each period
 * @param period a second, a minute or an hour
 * @param burst the capacity of the bucket
 */
record Rate(long tokens, Duration period, long burst) {

    private static final long TOKENS_MAX = 1_000_000;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,7})/([smh]) burst (\\d{1,7})");

    Rate {
        if (tokens < 1 || tokens > TOKENS_MAX || burst < 1 || burst > TOKENS_MAX) {
            throw new IllegalArgumentException("tokens and burst of a rate must be from 1 to " + TOKENS_MAX);
        }
    }

    /** Parses a setting. */
    public static Rate valueOf(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a rate; write it as '2/s burst 10' (s, m or h)");
        }
        Duration period =
                switch (parts.group(2)) {
                    case "s" -> Duration.ofSeconds(1);
                    case "m" -> Duration.ofMinutes(1);
                    default -> Duration.ofHours(1);
                };
        return new Rate(Long.parseLong(parts.group(1)), period, Long.parseLong(parts.group(3)));
    }

    /** Returns the rate of several. */
    Rate times(int factor) {
        return new Rate(Math.min(TOKENS_MAX, tokens * factor), period, Math.min(TOKENS_MAX, burst * factor));
    }

    long nanosPerToken() {
        return period.toNanos() / tokens;
    }

    /** Returns the time in which an empty bucket becomes full. */
    long nanosPerBurst() {
        return nanosPerToken() * burst;
    }

    Bandwidth bandwidth() {
        return Bandwidth.builder().capacity(burst).refillGreedy(tokens, period).build();
    }
}
