package kr.hhplus.commerce.pages;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Converts times of form fields, which have no zone, in the pages' time zone. */
@Component
public class FormTimes {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private final PageProperties properties;

    FormTimes(PageProperties properties) {
        this.properties = properties;
    }

    /** Parses the value of a {@code datetime-local} field; empty if it is invalid. */
    public Optional<Instant> parse(String text) {
        try {
            return Optional.of(
                    LocalDateTime.parse(text).atZone(properties.timeZone()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Formats a time for a {@code datetime-local} field; empty for null. */
    public String format(@Nullable Instant instant) {
        return instant == null ? "" : FORMAT.withZone(properties.timeZone()).format(instant);
    }
}
