package kr.hhplus.commerce.order;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import kr.hhplus.commerce.eventlog.NewEvent;
import kr.hhplus.commerce.eventlog.Outbox;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.json.StoredJson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Appends every order change to the event log, as CloudEvents 1.0, in the transaction of the change. */
@Component
class OrderEvents {

    private final Outbox outbox;
    private final StoredJson json;

    OrderEvents(Outbox outbox, StoredJson json) {
        this.outbox = outbox;
        this.json = json;
    }

    private record CloudEvent(
            String specversion,
            String id,
            String source,
            String type,
            String subject,
            Instant time,
            String datacontenttype,
            Object data) {}

    /** The data of OrderRefunded: the order after the refund, and the refund. */
    private record Refunded(@JsonUnwrapped Order order, OrderRefund refund) {}

    void append(Collection<OrderChange> changes) {
        List<NewEvent> events = changes.stream().map(this::event).toList();
        outbox.append(events);
    }

    private NewEvent event(OrderChange change) {
        Order order = change.order();
        String type = change.type().name();
        Instant time = change.at();
        long orderId = IdText.parse(order.orderId()).orElseThrow();
        return new NewEvent(type, order.userId(), orderId, time, id -> render(id, change));
    }

    private String render(String id, OrderChange change) {
        Order order = change.order();
        return json.write(new CloudEvent(
                "1.0",
                id,
                "/hhplus-ecommerce/orders",
                change.type().name(),
                order.orderId(),
                change.at(),
                "application/json",
                data(order.withoutBalance(), change.refund())));
    }

    private static Object data(Order order, @Nullable OrderRefund refund) {
        return refund == null ? order : new Refunded(order, refund.listed());
    }
}
