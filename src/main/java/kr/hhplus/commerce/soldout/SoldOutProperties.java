package kr.hhplus.commerce.soldout;

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
 * The bounds of sold-out signs.
 *
 * @param maxStaleness how long after the database was read a sign may refuse; the contract allows one second
 * @param refreshInterval how long the background rests between two looks at the database
 * @param expireAfterAccess how long a sign that nobody asks for is kept up
 * @param entriesMax signs and suspicions of one kind at a time; 0: no signs at all
 * @param couponHoldersMax ids of coupon holders kept in memory, of all sold-out campaigns, 8 bytes each; a campaign
 *     that does not fit gets no sign
 * @param keyLookupsMax requests that may look up their idempotency key at once; the others take the usual way
 * @param broadcastInterval how often the signs of other instances are read
 */
@Validated
@ConfigurationProperties("commerce.sold-out-cache")
public record SoldOutProperties(
        @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 1) @DefaultValue("1s")
        Duration maxStaleness,

        @NotNull @DurationMin(millis = 1) @DefaultValue("200ms")
        Duration refreshInterval,

        @NotNull @DefaultValue("10s") Duration expireAfterAccess,
        @DefaultValue("1000") @Min(0) @Max(100_000) int entriesMax,
        @DefaultValue("1000000") @Min(0) @Max(100_000_000) int couponHoldersMax,
        @DefaultValue("4") @Min(0) @Max(1000) int keyLookupsMax,

        @NotNull @DurationMin(millis = 1) @DefaultValue("100ms")
        Duration broadcastInterval) {}
