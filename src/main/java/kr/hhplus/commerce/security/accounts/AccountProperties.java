package kr.hhplus.commerce.security.accounts;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.kernel.Caller.Role;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The shop's own accounts.
 *
 * @param enabled whether the shop has accounts; requires {@code commerce.accounts.signing-key}
 * @param accessTokenLife lifetime of an access token; a sign-out everywhere or a password change ends it earlier
 * @param refreshTokenLife lifetime of a refresh token; each use issues a new one
 * @param keyRotation how long a key signs access tokens, more than they live; it verifies them for as long again
 * @param hashing the cost of checking passwords
 * @param signUp whether users may create accounts
 * @param issuer the issuer in the shop's tokens; null for the address of the request
 * @param firstAdmin created at the first start that finds no administrator
 * @param clients other back-ends by client id
 */
@Validated
@ConfigurationProperties("commerce.accounts")
record AccountProperties(
        boolean enabled,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("15m")
        Duration accessTokenLife,

        @NotNull @DurationMin(seconds = 1) @DefaultValue("30d")
        Duration refreshTokenLife,

        @NotNull @DurationMin(hours = 1) @DefaultValue("30d")
        Duration keyRotation,

        @Valid @DefaultValue Hashing hashing,
        @NotNull @DefaultValue("open") SignUpPolicy signUp,
        @Nullable String issuer,
        FirstAdmin firstAdmin,
        Map<String, Client> clients) {

    AccountProperties {
        clients = clients == null ? Map.of() : Map.copyOf(clients);
        issuer = issuer == null || issuer.isBlank() ? null : issuer;
        firstAdmin = firstAdmin == null || firstAdmin.isBlank() ? null : firstAdmin;
    }

    /** Whether users may create accounts. */
    enum SignUpPolicy {
        OPEN,
        CLOSED
    }

    /**
     * Password hashing.
     *
     * @param strength of bcrypt; each step doubles the time
     * @param concurrency passwords checked at the same time; 0 means half the processors
     * @param queueCapacity checks that may wait, of users who have signed in before and of others each; if more come,
     *     those of the clients with the most checks are refused with 503
     */
    record Hashing(
            @DefaultValue("10") @Min(10) @Max(16) int strength,
            @DefaultValue("0") @Min(0) @Max(64) int concurrency,
            @DefaultValue("32") @Min(1) @Max(10_000) int queueCapacity) {

        int threads() {
            return concurrency > 0
                    ? concurrency
                    : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        }
    }

    /** The first administrator. The password is used once; afterwards it is changed like any other. */
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
     * Another back-end.
     *
     * @param secret the bcrypt hash of its secret, as {@code htpasswd -nbBC 10} prints it; null for a public client,
     *     which must use PKCE
     * @param roles of the client itself, in addition to SERVICE; empty, with redirect URIs, for a client that acts only
     *     for the users who authorize it
     * @param redirectUris where users come back to who authorize this client; empty for a back-end that acts for itself
     */
    record Client(@Nullable String secret, Set<Role> roles, List<String> redirectUris) {

        Client {
            roles = roles == null ? Set.of() : Set.copyOf(roles);
            redirectUris = redirectUris == null ? List.of() : List.copyOf(redirectUris);
        }

        /** Returns whether the client may obtain a token of its own, with which it acts for any user. */
        boolean actsForItself() {
            return secret != null && (redirectUris.isEmpty() || !roles.isEmpty());
        }

        /** Returns the roles of its own token. */
        Set<Role> ownRoles() {
            Set<Role> all = EnumSet.of(Role.SERVICE);
            all.addAll(roles);
            return all;
        }

        @Override
        public String toString() {
            return "Client" + roles;
        }
    }
}
