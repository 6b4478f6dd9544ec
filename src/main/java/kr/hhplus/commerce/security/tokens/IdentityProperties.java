package kr.hhplus.commerce.security.tokens;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How an issuer's tokens are read.
 *
 * @param userIdClaim the claim that names the user; where it is no number, or one above a trillion, a number is given
 * @param rolesClaim the claim that lists roles, a list or a text with blanks between; dots lead into objects
 * @param adminRole the role in that list that makes an administrator
 * @param serviceRole the role in that list that makes another back-end, which acts for users
 * @param issuerTimeout how long the issuer may take to connect, and to answer
 * @param keysAge how long the issuer's keys are used before they are fetched again
 * @param keysInterval how often at most they are fetched, whatever keys strangers name in their tokens
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
        Duration keysInterval) {}
