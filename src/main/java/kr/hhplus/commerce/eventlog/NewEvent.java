package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import java.util.function.Function;

/**
 * Something that happened to an order, before it has its place in the log.
 *
 * @param type {@code OrderPaid} or {@code OrderCancelled}
 * @param body renders the complete CloudEvent, one line of JSON, around the event id that it is given
 */
public record NewEvent(String type, long userId, long orderId, Instant occurredAt, Function<String, String> body) {}
