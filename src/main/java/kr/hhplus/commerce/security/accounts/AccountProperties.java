package kr.hhplus.commerce.security.accounts;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.kernel.Caller.Role;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The shop's own users.
 *
 * @param enabled whether there are any; needs {@code commerce.accounts.signing-key}
 * @param accessTokenLife how long an access token is taken; nothing takes it back before
 * @param refreshTokenLife how long somebody stays signed in without coming by
 * @param hashing what checking passwords may cost
 * @param lockOut what guessing passwords costs
 * @param firstAdmin made at the first start that finds no administrator
 * @param clients other back-ends, by the id they sign in with
 */
@Validated
@ConfigurationProperties("commerce.accounts")
record AccountProperties(
        boolean enabled,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("15m")
        Duration accessTokenLife,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("30d")
        Duration refreshTokenLife,

        @Valid @DefaultValue Hashing hashing,
        @Valid @DefaultValue LockOut lockOut,
        FirstAdmin firstAdmin,
        Map<String, Client> clients) {

    AccountProperties {
        clients = clients == null ? Map.of() : Map.copyOf(clients);
        firstAdmin = firstAdmin == null || firstAdmin.isBlank() ? null : firstAdmin;
    }

    /**
     * @param strength bcrypt's: one more takes twice as long
     * @param concurrency passwords checked at the same time; half the processors where 0
     * @param queueCapacity who may wait for one; the next is refused with 503
     * @param maxPerClient how many of those, and of those being checked, may be of one address, or one IPv6 network
     */
    record Hashing(
            @DefaultValue("10") @Min(10) @Max(16) int strength,
            @DefaultValue("0") @Min(0) @Max(64) int concurrency,
            @DefaultValue("32") @Min(1) @Max(10_000) int queueCapacity,
            @DefaultValue("8") @Min(1) @Max(10_000) int maxPerClient) {

        int threads() {
            return concurrency > 0
                    ? concurrency
                    : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        }
    }

    /**
     * @param freeFailures wrong secrets for one name before the first pause
     * @param freeFailuresPerClient the same for one address, behind which many people may be
     * @param initialDelay the first pause; each failure more doubles it
     * @param maxDelay the longest pause
     * @param resetAfter after how long without a failure all is forgotten
     */
    record LockOut(
            @DefaultValue("5") @Min(1) int freeFailures,
            @DefaultValue("100") @Min(1) int freeFailuresPerClient,

            @NotNull @DurationMin(millis = 1) @DefaultValue("1s")
            Duration initialDelay,

            @NotNull @DurationMin(millis = 1) @DefaultValue("5m")
            Duration maxDelay,

            @NotNull @DurationMin(millis = 1) @DefaultValue("1h")
            Duration resetAfter) {

        /** How long nobody may try again after so many failures, of which some are free. */
        Duration pause(int failures, int free) {
            if (failures <= free) {
                return Duration.ZERO;
            }
            long millis = initialDelay.toMillis();
            for (int i = free + 1; i < failures && millis < maxDelay.toMillis(); i++) {
                millis *= 2;
            }
            return Duration.ofMillis(Math.min(millis, maxDelay.toMillis()));
        }
    }

    /** The password is taken from here once; afterwards it is changed as everybody's is. */
    record FirstAdmin(String name, String password) {

        private boolean isBlank() {
            return (name == null || name.isBlank()) && (password == null || password.isBlank());
        }

        @Override
        public String toString() {
            return "FirstAdmin[" + name + "]";
        }
    }

    /**
     * @param secret a bcrypt hash of it, as {@code htpasswd -nbBC 10} makes
     * @param roles what it may do beside SERVICE, which every client has: it is no user
     */
    record Client(String secret, Set<Role> roles) {

        Client {
            Set<Role> all = EnumSet.of(Role.SERVICE);
            all.addAll(roles == null ? Set.of() : roles);
            roles = Set.copyOf(all);
        }

        @Override
        public String toString() {
            return "Client" + roles;
        }
    }
}
