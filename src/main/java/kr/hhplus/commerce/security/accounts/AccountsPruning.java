package kr.hhplus.commerce.security.accounts;

import java.time.Instant;
import java.util.function.Predicate;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes old sign-in failures, in small steps. */
@Component
@ConditionalOnAccounts
class AccountsPruning {

    private final JdbcSignInFailures failures;
    private final AccountProperties properties;
    private final PurgeCutoff cutoff;

    AccountsPruning(JdbcSignInFailures failures, AccountProperties properties, PurgeCutoff cutoff) {
        this.failures = failures;
        this.properties = properties;
        this.cutoff = cutoff;
    }

    @Scheduled(initialDelayString = "PT3M", fixedDelayString = "PT10M")
    void purge() {
        cutoff.of(properties.lockOut().resetAfter()).ifPresent(before -> purge(failures::purge, before));
    }

    private static void purge(Predicate<Instant> deleteSome, Instant before) {
        boolean more = true;
        while (more) {
            more = deleteSome.test(before);
        }
    }
}
