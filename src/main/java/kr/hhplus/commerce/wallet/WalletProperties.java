package kr.hhplus.commerce.wallet;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of top-ups, in won.
 *
 * @param chargeMax the largest amount of one top-up
 * @param balanceMax the largest balance after a top-up; refunds may exceed it
 */
@Validated
@ConfigurationProperties("commerce.wallet")
record WalletProperties(
        @DefaultValue("10000000") @Min(1) @Max(1_000_000_000_000L)
        long chargeMax,

        @DefaultValue("100000000") @Min(1) @Max(1_000_000_000_000_000L)
        long balanceMax) {}
