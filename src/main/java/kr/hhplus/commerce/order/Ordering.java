package kr.hhplus.commerce.order;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.groupcommit.Decided;
import kr.hhplus.commerce.groupcommit.GroupCommit;
import kr.hhplus.commerce.groupcommit.Lanes;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.idempotency.FirstAnswers;
import kr.hhplus.commerce.shared.ids.Ids;
import kr.hhplus.commerce.trail.Trail;
import kr.hhplus.commerce.trail.TrailKind;
import org.springframework.stereotype.Service;

/** The lane of orders: a batch locks what its orders touch, decides each in arrival order and commits once. */
@Service
class Ordering {

    private final OrderTables tables;
    private final FirstAnswers firstAnswers;
    private final Trail trail;
    private final Ids ids;
    private final Clock clock;
    private final GroupCommit<OrderCommand, Answer<Order>> lane;

    Ordering(OrderTables tables, FirstAnswers firstAnswers, Trail trail, Ids ids, Clock clock, Lanes lanes) {
        this.tables = tables;
        this.firstAnswers = firstAnswers;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.lane = lanes.open("order", this::decide, FirstAnswers.rowsOf(tables::rowsOf));
    }

    CompletableFuture<Answer<Order>> submit(OrderCommand command) {
        return lane.submit(command);
    }

    private Decided<Answer<Order>> decide(List<OrderCommand> commands) {
        OrderBatch batch = tables.lock(commands);
        FirstAnswers.Known known = firstAnswers.lookUp(commands);
        Instant now = clock.instant();
        List<Answer<Order>> answers = new ArrayList<>(commands.size());
        for (OrderCommand command : commands) {
            answers.add(known.answer(command, Order.class, () -> decide(command, batch, now)));
        }
        if (batch.changes().isEmpty()) {
            return Decided.nothingWritten(answers);
        }
        firstAnswers.save(known, now);
        tables.save(batch);
        return new Decided<>(answers, () -> tables.contains(batch.changes().get(0)));
    }

    private Answer<Order> decide(OrderCommand command, OrderBatch batch, Instant now) {
        if (command instanceof PlaceOrder place) {
            return OrderRules.place(place, batch, ids.next(), now);
        }
        CancelOrder cancel = (CancelOrder) command;
        Answer<Order> answer = OrderRules.cancel(cancel, batch, now);
        if (cancel.by() != null && answer instanceof Answer.Done<Order> done) {
            writeDown(cancel.by(), done.value());
        }
        return answer;
    }

    /** In the batch's transaction: a batch that is rolled back and decided anew leaves one line, not two. */
    private void writeDown(String by, Order cancelled) {
        trail.write(
                TrailKind.ORDER_CANCELLED,
                by,
                "order " + cancelled.orderId(),
                Map.of("user", cancelled.userId(), "refunded", cancelled.paidAmount()));
    }
}
