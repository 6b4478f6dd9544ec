package kr.hhplus.commerce.wallet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.wallet.TopUpBatch.Change;
import kr.hhplus.commerce.wallet.TopUpCommand.BeginTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CancelTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CreateTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CreditTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.ExpireTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.FailTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.RefundTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.SettleTopUpRefund;
import org.springframework.stereotype.Service;

/**
 * Decides batches of top-up commands: locks the users' balances, decides each command, and writes top-ups and ledger.
 * The queue commits once. No provider is called here.
 */
@Service
class TopUpBatchHandler {

    /** How long the request that begins to confirm may take before the settlement asks the provider. */
    private static final Duration FIRST_ATTEMPT_AFTER = Duration.ofSeconds(30);

    /** How long after its expiry the payment of a top-up that was confirmed in time may still be approved. */
    private static final Duration APPROVED_LATE_MAX = Duration.ofDays(1);

    private final Wallets wallets;
    private final TopUps topUps;
    private final IdempotencyStore idempotencyStore;
    private final WalletProperties properties;
    private final AuditLog auditLog;
    private final Ids ids;
    private final Clock clock;
    private final CommandQueue<TopUpCommand, CommandResult<TopUpChange>> queue;

    TopUpBatchHandler(
            Wallets wallets,
            TopUps topUps,
            IdempotencyStore idempotencyStore,
            WalletProperties properties,
            AuditLog auditLog,
            Ids ids,
            Clock clock,
            CommandQueues commandQueues) {
        this.wallets = wallets;
        this.topUps = topUps;
        this.idempotencyStore = idempotencyStore;
        this.properties = properties;
        this.auditLog = auditLog;
        this.ids = ids;
        this.clock = clock;
        this.queue =
                commandQueues.open("top-up", this::decideBatch, IdempotencyStore.rowsOf(TopUpBatchHandler::rowsToLock));
    }

    private static List<Set<RowKey>> rowsToLock(List<TopUpCommand> commands) {
        return commands.stream()
                .map(command -> {
                    Set<RowKey> rows = new HashSet<>();
                    rows.add(Wallets.rowOf(command.userId()));
                    if (command.topUpId() != 0) {
                        rows.add(TopUps.rowOf(command.topUpId()));
                    }
                    if (command instanceof SettleTopUpRefund settle) {
                        rows.add(TopUps.refundRowOf(settle.refundId()));
                    }
                    return rows;
                })
                .toList();
    }

    CompletableFuture<CommandResult<TopUpChange>> submit(TopUpCommand command) {
        return queue.submit(command);
    }

    private BatchResult<CommandResult<TopUpChange>> decideBatch(List<TopUpCommand> commands) {
        BatchBalances balances =
                wallets.lockAll(commands.stream().map(TopUpCommand::userId).toList());
        IdempotencyStore.StoredResults storedResults = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        TopUpBatch batch = read(commands, balances, now);
        List<CommandResult<TopUpChange>> results = new ArrayList<>(commands.size());
        for (TopUpCommand command : commands) {
            results.add(storedResults.replayOrDecide(
                    command, TopUpChange.class, TopUpBatchHandler::isFinal, () -> decideOne(command, batch, now)));
        }
        wallets.save(balances);
        topUps.save(batch, now, now.plus(FIRST_ATTEMPT_AFTER));
        idempotencyStore.save(storedResults, now);
        return new BatchResult<>(results, () -> isCommitted(batch));
    }

    /** While the provider is still to be asked, a repetition gets today's state instead. */
    private static boolean isFinal(TopUpChange change) {
        return change.topUp().status() != TopUp.Status.CONFIRMING && !change.asksProvider();
    }

    /** Owners' locks are held, and top-ups change under them alone, so the rows are read without locks. */
    private TopUpBatch read(List<TopUpCommand> commands, BatchBalances balances, Instant now) {
        Set<Long> topUpIds = new HashSet<>();
        Set<Long> refundedTopUpIds = new HashSet<>();
        Set<Long> limitedUsers = new HashSet<>();
        for (TopUpCommand command : commands) {
            topUpIds.add(command.topUpId());
            if (command instanceof SettleTopUpRefund settle) {
                refundedTopUpIds.add(settle.topUpId());
            }
            if (command instanceof CreateTopUp || command instanceof BeginTopUp) {
                limitedUsers.add(command.userId());
            }
        }
        Map<Long, TopUp> found = new HashMap<>();
        // A payment of today can be of a top-up that was created before.
        Instant since =
                TopUpRules.startOfDay(now).minus(properties.topUpExpiry()).minus(APPROVED_LATE_MAX);
        topUps.findCounted(limitedUsers, since).forEach(topUp -> found.put(topUp.id(), topUp));
        topUps.findAll(topUpIds).forEach(topUp -> found.put(topUp.id(), topUp));
        return new TopUpBatch(balances, found.values(), topUps.refundsOf(refundedTopUpIds));
    }

    private CommandResult<TopUpChange> decideOne(TopUpCommand command, TopUpBatch batch, Instant now) {
        if (command instanceof CreateTopUp create) {
            return TopUpRules.create(create, batch, properties, ids.next(), now);
        } else if (command instanceof BeginTopUp begin) {
            return TopUpRules.begin(begin, batch, properties, now);
        } else if (command instanceof CreditTopUp credit) {
            return TopUpRules.credit(credit, batch, now);
        } else if (command instanceof ExpireTopUp expire) {
            return TopUpRules.expire(expire, batch, now);
        } else if (command instanceof FailTopUp fail) {
            return TopUpRules.fail(fail, batch);
        } else if (command instanceof CancelTopUp cancel) {
            boolean audited = batch.find(cancel.topUpId(), cancel.userId())
                    .map(TopUp::cancelling)
                    .orElse(false);
            int changes = batch.topUpChanges().size();
            CommandResult<TopUpChange> result = TopUpRules.cancel(cancel, batch, now);
            if (!audited && batch.topUpChanges().size() > changes) {
                audit(cancel);
            }
            return result;
        } else if (command instanceof RefundTopUp refund) {
            CommandResult<TopUpChange> result = TopUpRules.refund(refund, batch, ids.next(), now);
            if (result instanceof CommandResult.Done<TopUpChange> done) {
                audit(refund, done.value());
            }
            return result;
        }
        return TopUpRules.settleRefund((SettleTopUpRefund) command, batch, now);
    }

    private void audit(CancelTopUp cancel) {
        auditLog.write(
                AuditLogAction.TOP_UP_CANCELLED,
                cancel.by(),
                "top-up " + IdText.of(cancel.topUpId()),
                Map.of("user", cancel.userId(), "reason", cancel.reason()));
    }

    private void audit(RefundTopUp refund, TopUpChange change) {
        auditLog.write(
                AuditLogAction.TOP_UP_REFUNDED,
                refund.by(),
                "top-up " + IdText.of(refund.topUpId()),
                Map.of(
                        "user",
                        refund.userId(),
                        "amount",
                        refund.amount(),
                        "reason",
                        refund.reason(),
                        "refund",
                        IdText.of(change.refund().id())));
    }

    /** A batch that neither wrote the ledger nor created a top-up can be decided again without harm. */
    private boolean isCommitted(TopUpBatch batch) {
        List<LedgerEntry> entries = batch.balances().entries();
        if (!entries.isEmpty()) {
            return wallets.isCommitted(entries.get(0));
        }
        return batch.topUpChanges().stream()
                .filter(change -> change.before() == null)
                .map(Change::after)
                .findFirst()
                .filter(topUps::isCommitted)
                .isPresent();
    }
}
