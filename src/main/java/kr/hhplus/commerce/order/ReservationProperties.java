package kr.hhplus.commerce.order;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of reservations. A change binds new reservations only.
 *
 * @param enabled whether users may reserve stock; existing reservations can be paid and released all the same
 * @param ttl how long stock is held if the request does not say
 * @param ttlMin the shortest time that a request may ask for
 * @param ttlMax the longest time that a request may ask for
 * @param openMax most open reservations of one user
 * @param heldMaxPerUser most pieces of one product in one user's open reservations
 * @param heldMax most pieces of one product in open reservations
 * @param sweepInterval the pause between two searches for expired reservations, whose pieces are then on sale again
 * @param retention how long reservations that were not paid are kept after they could be paid
 */
@Validated
@ConfigurationProperties("commerce.reservation")
record ReservationProperties(
        @DefaultValue("true") boolean enabled,

        @NotNull @DurationMin(seconds = 1) @DurationMax(days = 1) @DefaultValue("5m")
        Duration ttl,

        @NotNull @DurationMin(seconds = 1) @DurationMax(days = 1) @DefaultValue("10s")
        Duration ttlMin,

        @NotNull @DurationMin(seconds = 1) @DurationMax(days = 1) @DefaultValue("30m")
        Duration ttlMax,

        @DefaultValue("3") @Min(1) @Max(1_000) long openMax,
        @DefaultValue("10") @Min(1) @Max(1_000_000_000) long heldMaxPerUser,
        @DefaultValue("10000") @Min(1) @Max(1_000_000_000) long heldMax,

        @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 1) @DefaultValue("1s")
        Duration sweepInterval,

        @NotNull @DurationMin(days = 1) @DurationMax(days = 3650) @DefaultValue("30d")
        Duration retention) {

    ReservationProperties {
        if (ttlMin != null
                && ttl != null
                && ttlMax != null
                && (ttl.compareTo(ttlMin) < 0 || ttl.compareTo(ttlMax) > 0)) {
            throw new IllegalArgumentException("commerce.reservation.ttl must lie from ttl-min to ttl-max");
        }
    }
}
