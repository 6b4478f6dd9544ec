package kr.hhplus.commerce.identity.accounts;

import java.time.Clock;
import kr.hhplus.commerce.identity.ConditionalOnAccounts;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Takes away refresh tokens that have run out and failures that are long past, in small steps. */
@Component
@ConditionalOnAccounts
class AccountsPruning {

    private final JdbcRefreshTokens refreshTokens;
    private final JdbcSignInFailures failures;
    private final Clock clock;

    AccountsPruning(JdbcRefreshTokens refreshTokens, JdbcSignInFailures failures, Clock clock) {
        this.refreshTokens = refreshTokens;
        this.failures = failures;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT3M", fixedDelayString = "PT10M")
    void prune() {
        boolean more = true;
        while (more) {
            more = refreshTokens.forget(clock.instant());
        }
        more = true;
        while (more) {
            more = failures.forget();
        }
    }
}
