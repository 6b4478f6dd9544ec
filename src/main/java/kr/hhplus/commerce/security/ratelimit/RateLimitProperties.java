package kr.hhplus.commerce.security.ratelimit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
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
 * @param keysMax callers and addresses that one process counts; beyond it the buckets that would be full first are
 *     dropped
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
        @NotNull @Valid @DefaultValue PerAddress address,
        @NotNull @Valid @DefaultValue Accounts accounts) {

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
                case WRITE, SIGN_IN, WEBHOOK -> write;
                case NONE -> throw new IllegalArgumentException("not limited");
            };
        }
    }

    /**
     * Limits of one client address, or of one /64 network for IPv6.
     *
     * @param any all calls
     * @param signIn sign-ins, sign-ups and requests of OAuth clients
     * @param webhook webhooks of payment providers
     */
    record PerAddress(
            @NotNull @DefaultValue("2000/s burst 10000") Rate any,
            @NotNull @DefaultValue("20/s burst 300") Rate signIn,
            @NotNull @DefaultValue("100/s burst 1000") Rate webhook) {}

    /**
     * Limits of the shop's own accounts. They hold with {@code enabled=false}, too, because they bound how many
     * passwords can be guessed.
     *
     * @param name wrong passwords of one name from all addresses, and of one device that has signed in before
     * @param address wrong passwords and client secrets of one client address, or of one /64 network for IPv6; of its
     *     /48 network four times as many
     * @param signUp sign-ups from one client address, or one /64 network for IPv6; from its /48 network four times as
     *     many
     */
    record Accounts(
            @NotNull @DefaultValue("10/h burst 10") Rate name,
            @NotNull @DefaultValue("5/m burst 100") Rate address,
            @NotNull @DefaultValue("20/h burst 20") Rate signUp) {}
}
