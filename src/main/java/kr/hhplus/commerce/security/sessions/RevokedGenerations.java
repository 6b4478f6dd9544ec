package kr.hhplus.commerce.security.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import kr.hhplus.commerce.kernel.time.BackgroundTask;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.CredentialsRevoked;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.accounts.Accounts;
import kr.hhplus.commerce.security.tokens.Revocations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The accounts whose credentials were revoked within the longest life of a session or an access token. Polled once a
 * second, so that a revocation takes effect on all instances within two seconds, without a read per request.
 */
@Component
@ConditionalOnAccounts
class RevokedGenerations implements Revocations {

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /** A transaction commits later than the time that it writes. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final Clock clock;
    private final Duration longestLife;
    private final Cache<Long, Integer> generations;
    private volatile boolean loaded;

    RevokedGenerations(Accounts accounts, PageSessionProperties sessions, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
        Duration ofTokens = accounts.accessTokenLife();
        this.longestLife =
                (sessions.maxLifetime().compareTo(ofTokens) > 0 ? sessions.maxLifetime() : ofTokens).plus(OVERLAP);
        this.generations = Caffeine.newBuilder()
                .expireAfterWrite(longestLife)
                .executor(Runnable::run)
                .build();
    }

    /** In a class of its own, so that the task starts with the application. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAccounts
    static class Polling {

        @Bean
        BackgroundTask revocationsTask(RevokedGenerations revoked) {
            return BackgroundTask.periodic("revocations", POLL_INTERVAL, revoked::poll);
        }
    }

    void poll() {
        accounts.revokedSince(clock.instant().minus(loaded ? OVERLAP : longestLife))
                .forEach(this::put);
        loaded = true;
    }

    private void put(long userId, int generation) {
        generations.asMap().merge(userId, generation, Math::max);
    }

    /** At once on this instance. */
    @TransactionalEventListener(fallbackExecution = true)
    void refresh(CredentialsRevoked revoked) {
        accounts.find(revoked.userId()).map(Account::generation).ifPresent(now -> put(revoked.userId(), now));
    }

    @Override
    public boolean areRevoked(long userId, int generation) {
        Integer current = generations.getIfPresent(userId);
        return current != null && generation < current;
    }
}
