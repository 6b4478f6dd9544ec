package kr.hhplus.commerce.order;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.groupcommit.GroupCommit;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import org.springframework.stereotype.Service;

/** The lane of orders: a batch locks what its orders touch, decides each in arrival order and commits once. */
@Service
class OrderBatchHandler {

    private final OrderTables tables;
    private final IdempotencyStore idempotencyStore;
    private final AuditLog auditLog;
    private final Ids ids;
    private final Clock clock;
    private final GroupCommit<OrderCommand, CommandResult<Order>> lane;

    OrderBatchHandler(
            OrderTables tables,
            IdempotencyStore idempotencyStore,
            AuditLog auditLog,
            Ids ids,
            Clock clock,
            CommandQueues commandQueues) {
        this.tables = tables;
        this.idempotencyStore = idempotencyStore;
        this.auditLog = auditLog;
        this.ids = ids;
        this.clock = clock;
        this.lane = commandQueues.open("order", this::decide, IdempotencyStore.rowsOf(tables::rowsOf));
    }

    CompletableFuture<CommandResult<Order>> submit(OrderCommand command) {
        return lane.submit(command);
    }

    private BatchResult<CommandResult<Order>> decide(List<OrderCommand> commands) {
        OrderBatch batch = tables.lock(commands);
        IdempotencyStore.Known known = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        List<CommandResult<Order>> answers = new ArrayList<>(commands.size());
        for (OrderCommand command : commands) {
            answers.add(known.answer(command, Order.class, () -> decide(command, batch, now)));
        }
        if (batch.changes().isEmpty()) {
            return BatchResult.nothingWritten(answers);
        }
        idempotencyStore.save(known, now);
        tables.save(batch);
        return new BatchResult<>(answers, () -> tables.contains(batch.changes().get(0)));
    }

    private CommandResult<Order> decide(OrderCommand command, OrderBatch batch, Instant now) {
        if (command instanceof PlaceOrder place) {
            return OrderRules.place(place, batch, ids.next(), now);
        }
        CancelOrder cancel = (CancelOrder) command;
        CommandResult<Order> answer = OrderRules.cancel(cancel, batch, now);
        if (cancel.by() != null && answer instanceof CommandResult.Done<Order> done) {
            writeDown(cancel.by(), done.value());
        }
        return answer;
    }

    /** In the batch's transaction: a batch that is rolled back and decided anew leaves one line, not two. */
    private void writeDown(String by, Order cancelled) {
        auditLog.write(
                AuditLogAction.ORDER_CANCELLED,
                by,
                "order " + cancelled.orderId(),
                Map.of("user", cancelled.userId(), "refunded", cancelled.paidAmount()));
    }
}
