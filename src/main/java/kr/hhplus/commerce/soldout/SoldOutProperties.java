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
 * Settings of the sold-out caches.
 *
 * @param maxStaleness how long after its database read an entry refuses; the contract allows one second
 * @param refreshInterval pause between two refreshes
 * @param expireAfterAccess how long an entry without requests is kept
 * @param entriesMax most entries, and most candidates, of one type; 0 switches the caches off
 * @param couponHoldersMax most ids of coupon holders in memory, of all sold-out campaigns, 8 bytes each; a campaign
 *     that does not fit gets no entry
 * @param keyLookupsMax most concurrent look-ups of idempotency keys; further requests are queued
 * @param broadcastInterval pause between two exchanges with Redis
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
