package kr.hhplus.commerce.security.ratelimit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Rate limits by caller and by address. docs/decisions/017 gives the reasons for the defaults.
 *
 * @param enabled whether requests are limited; by default they are if callers need credentials
 * @param oneCommandInFlight whether a user may have only one order, and one coupon request per campaign, in flight
 * @param keysMax callers and addresses that one process counts; beyond it the least used ones are dropped
 * @param redisTimeout how long a request waits for Redis (commerce.cache=redis) before the process counts by itself
 * @param circuitOpenDuration how long Redis is not used after a failure or a timeout
 * @param exemptAddresses networks, as 192.0.2.0/24, that are not limited by address: back-ends and gateways
 */
@Validated
@ConfigurationProperties("commerce.rate-limit")
record RateLimitProperties(
        Boolean enabled,
        @DefaultValue("true") boolean oneCommandInFlight,
        @DefaultValue("100000") @Min(100) @Max(10_000_000) int keysMax,

        @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 1) @DefaultValue("20ms")
        Duration redisTimeout,

        @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 1) @DefaultValue("500ms")
        Duration circuitOpenDuration,

        @DefaultValue List<String> exemptAddresses,
        @NotNull @Valid @DefaultValue PerUser user,
        @NotNull @Valid @DefaultValue PerAddress address) {

    /**
     * Limits of one user.
     *
     * @param issue coupon requests
     * @param order orders and cancellations
     * @param write top-ups and all other changes
     * @param read reads
     * @param admin calls of an operator
     * @param service all calls of one other back-end, which acts for many users
     */
    record PerUser(
            @NotNull @DefaultValue("2/s burst 10") Rate issue,
            @NotNull @DefaultValue("2/s burst 10") Rate order,
            @NotNull @DefaultValue("1/s burst 10") Rate write,
            @NotNull @DefaultValue("20/s burst 60") Rate read,
            @NotNull @DefaultValue("50/s burst 200") Rate admin,
            @NotNull @DefaultValue("5000/s burst 10000") Rate service) {

        Rate of(RateLimitGroup group) {
            return switch (group) {
                case ISSUE -> issue;
                case ORDER -> order;
                case READ -> read;
                case ADMIN -> admin;
                default -> write;
            };
        }
    }

    /**
     * Limits of one client address, or of one /64 network for IPv6.
     *
     * @param any all calls
     * @param signIn sign-ins, sign-ups and token refreshes
     * @param webhook webhooks of payment providers
     */
    record PerAddress(
            @NotNull @DefaultValue("2000/s burst 10000") Rate any,
            @NotNull @DefaultValue("20/s burst 300") Rate signIn,
            @NotNull @DefaultValue("100/s burst 1000") Rate webhook) {}

    /** The longest refill time of all buckets. */
    Duration refillMax() {
        return Stream.of(
                        user.issue,
                        user.order,
                        user.write,
                        user.read,
                        user.admin,
                        user.service,
                        address.any,
                        address.signIn,
                        address.webhook)
                .map(Rate::refill)
                .max(Duration::compareTo)
                .orElseThrow();
    }
}
