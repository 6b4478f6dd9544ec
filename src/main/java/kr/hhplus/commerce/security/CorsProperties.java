package kr.hhplus.commerce.security;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The origins whose pages may call the API from a browser.
 *
 * @param allowedOrigins each in full, as https://shop.example; empty allows none
 * @param maxAge how long a browser may cache the preflight response
 */
@Validated
@ConfigurationProperties("commerce.cors")
record CorsProperties(
        @DefaultValue List<String> allowedOrigins,

        @NotNull @DurationMin(seconds = 0) @DurationMax(hours = 24) @DefaultValue("1h")
        Duration maxAge) {

    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:\\d{1,5})?");

    CorsProperties {
        allowedOrigins = List.copyOf(allowedOrigins);
        for (String origin : allowedOrigins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("commerce.cors.allowed-origins: '" + origin
                        + "' is not an origin; write it as https://shop.example, without a path or wildcard");
            }
        }
    }
}
