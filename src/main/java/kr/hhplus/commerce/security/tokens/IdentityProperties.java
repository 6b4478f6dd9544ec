package kr.hhplus.commerce.security.tokens;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the tokens of an external issuer are read.
 *
 * @param userIdClaim the claim with the user id; a value that is not a number up to 10^12 is mapped to a number
 * @param rolesClaim the claim with the roles, an array or a space-separated string; dots lead into nested objects
 * @param adminRole the role of administrators
 * @param serviceRole the role of other back-ends, which act for users
 * @param issuerTimeout timeout for connecting to the issuer, and for its response
 * @param keysAge how long the issuer's keys are cached
 * @param keysInterval minimum interval between two fetches of the keys, also for tokens with unknown key ids
 * @param tokenCache the verified tokens, of all issuers
 */
@Validated
@ConfigurationProperties("commerce.identity")
record IdentityProperties(
        @NotBlank @DefaultValue("sub") String userIdClaim,
        @NotBlank @DefaultValue("roles") String rolesClaim,
        @NotBlank @DefaultValue("ADMIN") String adminRole,
        @NotBlank @DefaultValue("SERVICE") String serviceRole,

        @NotNull @DurationMin(millis = 1) @DefaultValue("2s")
        Duration issuerTimeout,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("5m")
        Duration keysAge,

        @NotNull @DurationMin(millis = 1) @DefaultValue("10s")
        Duration keysInterval,

        @Valid @DefaultValue TokenCache tokenCache) {

    /**
     * The cache of verified tokens.
     *
     * @param maxSize tokens that are remembered; the least used ones are verified again
     * @param maxAge how long a token is remembered; no longer than it is valid
     */
    record TokenCache(
            @DefaultValue("50000") @Min(0) @Max(10_000_000) int maxSize,

            @NotNull @DurationMin(seconds = 0) @DurationMax(hours = 1) @DefaultValue("5m")
            Duration maxAge) {}
}
