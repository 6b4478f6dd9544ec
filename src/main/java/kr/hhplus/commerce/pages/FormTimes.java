package kr.hhplus.commerce.pages;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Times as people type them into forms: without a zone, meant in that of the pages. */
@Component
public class FormTimes {

    private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private final PageProperties properties;

    FormTimes(PageProperties properties) {
        this.properties = properties;
    }

    /** What a browser's field for date and time holds, or nothing where that is no time. */
    public Optional<Instant> parse(String typed) {
        try {
            return Optional.of(
                    LocalDateTime.parse(typed).atZone(properties.timeZone()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** For the field's value; empty for null. */
    public String typed(Instant instant) {
        return instant == null ? "" : TYPED.withZone(properties.timeZone()).format(instant);
    }
}
