package kr.hhplus.commerce.wallet;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;

/** Decides top-ups. */
final class WalletRules {

    private WalletRules() {}

    /** Refuses with BALANCE_LIMIT_EXCEEDED if the balance would exceed {@code balanceMax}. */
    static CommandResult<ChargedBalance> charge(
            ChargeBalance command, BatchBalances balances, Won balanceMax, Instant now) {
        Won balance = balances.balanceOf(command.userId());
        if (balanceMax.isLessThan(balance.plus(command.amount()))) {
            return CommandResult.refused(new BalanceLimitExceeded(balance, balanceMax));
        }
        LedgerEntry entry = balances.topUp(command.userId(), command.amount(), now);
        return CommandResult.done(new ChargedBalance(
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
