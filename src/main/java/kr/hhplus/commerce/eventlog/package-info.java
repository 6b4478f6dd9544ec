/**
 * The log of order events, its pull feed, and the relay that carries it to a file or to Kafka.
 *
 * <p>{@code Outbox} appends events in the transaction of their order. The consumers are the relay, the best sellers
 * ({@code ranking}), the counts behind purchase limits ({@code catalog}), the pull feed ({@code GET /events}) and the
 * check for a restored database ({@code RewindDetector}).
 */
@NullMarked
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"auditlog", "groupcommit", "kernel", "kernel::*", "web", "web::*"})
package kr.hhplus.commerce.eventlog;

import org.jspecify.annotations.NullMarked;
