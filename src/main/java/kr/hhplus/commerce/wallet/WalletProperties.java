package kr.hhplus.commerce.wallet;

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
 * Limits of top-ups, in won.
 *
 * @param chargeMax the largest amount of one top-up, by a payment or without
 * @param balanceMax the largest balance after a top-up; refunds may exceed it
 * @param topUpDayMax the largest sum of a user's top-ups by payments in one day (Asia/Seoul); open ones count
 * @param topUpExpiry how long a user may take to pay a top-up
 * @param selfCharge whether users may top up their own balance without a payment, if callers need credentials
 */
@Validated
@ConfigurationProperties("commerce.wallet")
record WalletProperties(
        @DefaultValue("10000000") @Min(1) @Max(1_000_000_000_000L)
        long chargeMax,

        @DefaultValue("100000000") @Min(1) @Max(1_000_000_000_000_000L)
        long balanceMax,

        @DefaultValue("20000000") @Min(1) @Max(1_000_000_000_000_000L)
        long topUpDayMax,

        @NotNull @DurationMin(seconds = 1) @DurationMax(days = 7) @DefaultValue("30m")
        Duration topUpExpiry,

        @DefaultValue("false") boolean selfCharge) {}
