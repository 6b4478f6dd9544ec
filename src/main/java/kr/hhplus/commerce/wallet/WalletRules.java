package kr.hhplus.commerce.wallet;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.Won;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.Refusal;

/** Decides charges on balances in memory. */
final class WalletRules {

    private WalletRules() {}

    /** Refused where the balance would pass {@code balanceMax}. */
    static Answer<ChargedBalance> charge(ChargeBalance command, WalletBook book, Won balanceMax, Instant now) {
        Won balance = book.balanceOf(command.userId());
        if (balanceMax.isLessThan(balance.plus(command.amount()))) {
            return Answer.refused(new BalanceLimitExceeded(balance, balanceMax));
        }
        LedgerEntry entry = book.charge(command.userId(), command.amount(), now);
        return Answer.done(new ChargedBalance(
                command.userId(), entry.balanceAfter(), Won.CURRENCY, command.amount(), IdText.of(entry.id())));
    }

    record BalanceLimitExceeded(Won balance, Won limit) implements Refusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.BALANCE_LIMIT_EXCEEDED;
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("balance", balance);
            fields.put("limit", limit);
            return fields;
        }
    }
}
