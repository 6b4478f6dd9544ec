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
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.groupcommit.GroupCommit;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import org.springframework.stereotype.Service;

/** The lane of charges: a batch locks its users' balances, decides each charge and writes the ledger in one commit. */
@Service
public class ChargeBatchHandler {

    private final Wallets wallets;
    private final IdempotencyStore idempotencyStore;
    private final WalletProperties properties;
    private final AuditLog auditLog;
    private final Clock clock;
    private final GroupCommit<ChargeBalance, CommandResult<ChargedBalance>> lane;

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
        this.lane = commandQueues.open("charge", this::decide, IdempotencyStore.rowsOf(ChargeBatchHandler::rowsOf));
    }

    private static List<Set<RowKey>> rowsOf(List<ChargeBalance> commands) {
        return commands.stream()
                .<Set<RowKey>>map(command -> new HashSet<>(Set.of(Wallets.rowOf(command.userId()))))
                .toList();
    }

    /** @throws RefusedException where the request is not the caller's to make, or for more than one charge may be */
    public CompletableFuture<CommandResult<ChargedBalance>> charge(Caller caller, ChargeRequest request, String key) {
        if (request.amount() > properties.chargeMax()) {
            throw new RefusedException(InvalidRequest.at("/amount", "Max", properties.chargeMax()));
        }
        long userId = caller.actingFor(request.userId());
        IdempotencyKey requestKey =
                IdempotencyKey.of(caller, key, "charge " + new ChargeRequest(userId, request.amount()));
        return submit(new ChargeBalance(userId, Won.of(request.amount()), caller.operatorName(), requestKey));
    }

    CompletableFuture<CommandResult<ChargedBalance>> submit(ChargeBalance command) {
        return lane.submit(command);
    }

    private BatchResult<CommandResult<ChargedBalance>> decide(List<ChargeBalance> commands) {
        LockedBalances balances =
                wallets.lock(commands.stream().map(ChargeBalance::userId).toList());
        IdempotencyStore.Known known = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        Won balanceMax = Won.of(properties.balanceMax());
        List<CommandResult<ChargedBalance>> answers = new ArrayList<>(commands.size());
        for (ChargeBalance command : commands) {
            answers.add(known.answer(command, ChargedBalance.class, () -> {
                CommandResult<ChargedBalance> answer = WalletRules.charge(command, balances, balanceMax, now);
                if (command.by() != null && answer instanceof CommandResult.Done<ChargedBalance> done) {
                    writeDown(command, done.value());
                }
                return answer;
            }));
        }
        wallets.save(balances);
        idempotencyStore.save(known, now);
        return balances.entries().isEmpty()
                ? BatchResult.nothingWritten(answers)
                : new BatchResult<>(
                        answers, () -> wallets.contains(balances.entries().get(0)));
    }

    private void writeDown(ChargeBalance command, ChargedBalance charged) {
        auditLog.write(
                AuditLogAction.BALANCE_CHARGED,
                command.by(),
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
