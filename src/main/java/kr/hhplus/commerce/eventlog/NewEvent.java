package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import java.util.function.Function;

/**
 * An event of an order, before it has a position in the log.
 *
 * @param type {@code OrderPaid}, {@code OrderRefunded}, {@code OrderCancelled} or {@code OrderFulfilled}
 * @param body renders the complete CloudEvent, one line of JSON, with a given event id
 */
public record NewEvent(String type, long userId, long orderId, Instant occurredAt, Function<String, String> body) {}
