package kr.hhplus.commerce.security.sessions;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.validation.annotation.Validated;

/**
 * The sessions of the pages.
 *
 * @param idleTimeout how long a session lasts without a request
 * @param maxLifetime how long a session lasts at most
 * @param secureCookie whether cookies are sent over TLS only; by default they are, except on loopback without TLS
 */
@Validated
@ConfigurationProperties("commerce.pages.session")
record PageSessionProperties(
        @NotNull @DurationMin(seconds = 30) @DurationMax(days = 365) @DefaultValue("2h")
        Duration idleTimeout,

        @NotNull @DurationMin(seconds = 30) @DurationMax(days = 365) @DefaultValue("12h")
        Duration maxLifetime,

        Boolean secureCookie) {

    private static final int UPDATES_PER_IDLE_TIMEOUT = 20;

    /** The minimum interval between updates of the last access, so that not every request writes a row. */
    Duration touchInterval() {
        return idleTimeout.dividedBy(UPDATES_PER_IDLE_TIMEOUT);
    }

    /** The remaining time of a session in whole seconds, never negative, because that would mean no expiry. */
    Duration left(Duration age) {
        Duration left = maxLifetime.minus(age);
        Duration shorter = left.compareTo(idleTimeout) < 0 ? left : idleTimeout;
        return Duration.ofSeconds(Math.max(0, shorter.toSeconds()));
    }

    /** @return true for TLS only, false if configured so, null to follow the scheme of the request */
    Boolean secureCookie(Environment environment) {
        if (secureCookie != null) {
            return secureCookie;
        }
        boolean tls = environment.getProperty("server.ssl.enabled", Boolean.class, false);
        String address = environment.getProperty("server.address", "");
        return tls || !(address.equals("localhost") || address.equals("::1") || address.startsWith("127."))
                ? Boolean.TRUE
                : null;
    }
}
