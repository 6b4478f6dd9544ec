package kr.hhplus.commerce.security.accounts;

import java.time.Instant;
import java.util.function.Predicate;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes expired refresh tokens, in small steps. */
@Component
@ConditionalOnAccounts
class AccountsPruning {

    private final JdbcRefreshTokens refreshTokens;
    private final AccountProperties properties;
    private final PurgeCutoff cutoff;

    AccountsPruning(
            JdbcRefreshTokens refreshTokens,
            AccountProperties properties,
            PurgeCutoff cutoff) {
        this.refreshTokens = refreshTokens;
        this.properties = properties;
        this.cutoff = cutoff;
    }

    @Scheduled(initialDelayString = "PT3M", fixedDelayString = "PT10M")
    void purge() {
        cutoff.of(properties.refreshTokenLife())
                .map(before -> before.plus(properties.refreshTokenLife()))
                .ifPresent(expired -> purge(refreshTokens::purge, expired));
    }

    private static void purge(Predicate<Instant> deleteSome, Instant before) {
        boolean more = true;
        while (more) {
            more = deleteSome.test(before);
        }
    }
}
