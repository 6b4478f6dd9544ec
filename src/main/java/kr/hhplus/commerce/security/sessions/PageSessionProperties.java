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
 * How long people stay signed in to the pages.
 *
 * @param idleTimeout without opening a page
 * @param maxLifetime however busy they are
 * @param secureCookie whether cookies go over TLS alone; unless set, everywhere but on a loopback address without TLS
 */
@Validated
@ConfigurationProperties("commerce.pages.session")
record PageSessionProperties(
        @NotNull @DurationMin(seconds = 30) @DurationMax(days = 365) @DefaultValue("2h")
        Duration idleTimeout,

        @NotNull @DurationMin(seconds = 30) @DurationMax(days = 365) @DefaultValue("12h")
        Duration maxLifetime,

        Boolean secureCookie) {

    private static final int TOUCHES = 20;

    /** How old the note of the last visit may be, so that not each page writes a row. */
    Duration touchInterval() {
        return idleTimeout.dividedBy(TOUCHES);
    }

    /** What is left of a session, in whole seconds and never negative: that would be for ever. */
    Duration left(Duration age) {
        Duration left = maxLifetime.minus(age);
        Duration shorter = left.compareTo(idleTimeout) < 0 ? left : idleTimeout;
        return Duration.ofSeconds(Math.max(0, shorter.toSeconds()));
    }

    /** True: TLS alone. Null: as the request came. False: never, because somebody said so. */
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
