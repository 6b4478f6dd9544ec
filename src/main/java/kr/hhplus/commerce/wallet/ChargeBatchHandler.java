package kr.hhplus.commerce.wallet;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.groupcommit.CommandQueue;
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import org.springframework.stereotype.Service;

/**
 * Decides batches of top-ups: locks the users' balances, decides each top-up, and writes the ledger. The queue commits
 * once.
 */
@Service
class ChargeBatchHandler {

    private final Wallets wallets;
    private final IdempotencyStore idempotencyStore;
    private final WalletProperties properties;
    private final AuditLog auditLog;
    private final Clock clock;
    private final CommandQueue<ChargeBalance, CommandResult<ChargedBalance>> queue;

    ChargeBatchHandler(
            Wallets wallets,
            IdempotencyStore idempotencyStore,
            WalletProperties properties,
            AuditLog auditLog,
            Clock clock,
            CommandQueues commandQueues) {
        this.wallets = wallets;
        this.idempotencyStore = idempotencyStore;
        this.properties = properties;
        this.auditLog = auditLog;
        this.clock = clock;
        this.queue = commandQueues.open(
                "charge", this::decideBatch, IdempotencyStore.rowsOf(ChargeBatchHandler::rowsToLock));
    }

    private static List<Set<RowKey>> rowsToLock(List<ChargeBalance> commands) {
        return commands.stream()
                .<Set<RowKey>>map(command -> new HashSet<>(Set.of(Wallets.rowOf(command.userId()))))
                .toList();
    }

    CompletableFuture<CommandResult<ChargedBalance>> submit(ChargeBalance command) {
        return queue.submit(command);
    }

    private BatchResult<CommandResult<ChargedBalance>> decideBatch(List<ChargeBalance> commands) {
        BatchBalances balances =
                wallets.lock(commands.stream().map(ChargeBalance::userId).toList());
        IdempotencyStore.StoredResults storedResults = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        Won balanceMax = Won.of(properties.balanceMax());
        List<CommandResult<ChargedBalance>> results = new ArrayList<>(commands.size());
        for (ChargeBalance command : commands) {
            results.add(storedResults.replayOrDecide(command, ChargedBalance.class, () -> {
                CommandResult<ChargedBalance> result = WalletRules.charge(command, balances, balanceMax, now);
                if (command.operator() != null && result instanceof CommandResult.Done<ChargedBalance> done) {
                    audit(command, done.value());
                }
                return result;
            }));
        }
        wallets.save(balances);
        idempotencyStore.save(storedResults, now);
        return balances.entries().isEmpty()
                ? BatchResult.nothingWritten(results)
                : new BatchResult<>(
                        results, () -> wallets.isCommitted(balances.entries().get(0)));
    }

    private void audit(ChargeBalance command, ChargedBalance charged) {
        auditLog.write(
                AuditLogAction.BALANCE_CHARGED,
                command.operator(),
                "user " + command.userId(),
                Map.of(
                        "amount",
                        command.amount(),
                        "balance",
                        charged.balance(),
                        "transaction",
                        charged.transactionId()));
    }
}
