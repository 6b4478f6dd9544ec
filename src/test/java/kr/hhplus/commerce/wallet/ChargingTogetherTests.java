package kr.hhplus.commerce.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.testkit.Seeded;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import org.junit.jupiter.api.Test;

/** A batch of N charges is decided exactly as N batches of one, up to the last won that a balance may hold. */
class ChargingTogetherTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Won BALANCE_MAX = Won.of(100);

    record Charge(long userId, long amount) {}

    private static final class State {

        private final Map<Long, Account> accounts = new HashMap<>(Map.of(1L, new Account(Won.of(90), 4)));
        private final List<LedgerEntry> ledger = new ArrayList<>();

        List<CommandResult<ChargedBalance>> decide(List<Charge> charges, long firstId) {
            long[] id = {firstId};
            BatchBalances balances = new BatchBalances(accounts, () -> id[0]);
            List<CommandResult<ChargedBalance>> answers = new ArrayList<>();
            for (Charge charge : charges) {
                id[0] = firstId + answers.size();
                ChargeBalance command =
                        new ChargeBalance(charge.userId(), Won.of(charge.amount()), null, IdempotencyKey.NONE);
                answers.add(WalletRules.charge(command, balances, BALANCE_MAX, NOON));
            }
            for (LedgerEntry entry : balances.entries()) {
                Account before = accounts.getOrDefault(entry.userId(), Account.EMPTY);
                assertThat(entry.entryNo()).isEqualTo(before.entries() + 1);
                assertThat(entry.balanceAfter()).isEqualTo(before.balance().plus(entry.amount()));
                accounts.put(entry.userId(), new Account(entry.balanceAfter(), entry.entryNo()));
                ledger.add(entry);
            }
            assertThat(accounts.values())
                    .allMatch(account ->
                            account.balance().amount() >= 0 && account.balance().amount() <= BALANCE_MAX.amount());
            return answers;
        }
    }

    private static List<List<Charge>> arrivals(Random random) {
        return Seeded.list(
                random,
                1,
                5,
                () -> Seeded.list(random, 1, 6, () -> new Charge(random.nextLong(1, 4), random.nextLong(1, 41))));
    }

    @Test
    void answersAndLeavesWhatSingleChargesWould() {
        Set<Boolean> refusals = new HashSet<>();
        Seeded.check(Seeded.CASES, random -> assertAnswersAndLeavesWhatSingleChargesWould(arrivals(random), refusals));
        assertThat(refusals).contains(true, false);
    }

    private static void assertAnswersAndLeavesWhatSingleChargesWould(
            List<List<Charge>> arrivals, Set<Boolean> refusals) {
        State together = new State();
        State apart = new State();
        long made = 1;
        for (List<Charge> charges : arrivals) {
            List<CommandResult<ChargedBalance>> expected = new ArrayList<>();
            for (Charge charge : charges) {
                int entries = apart.ledger.size();
                CommandResult<ChargedBalance> answer =
                        apart.decide(List.of(charge), made + expected.size()).get(0);
                expected.add(answer);
                boolean refused = answer instanceof CommandResult.Refused<ChargedBalance>;
                refusals.add(refused);
                assertThat(apart.ledger).hasSize(refused ? entries : entries + 1);
            }
            assertThat(together.decide(charges, made)).isEqualTo(expected);
            assertThat(together.accounts).isEqualTo(apart.accounts);
            assertThat(together.ledger).isEqualTo(apart.ledger);
            made += charges.size();
        }
    }
}
