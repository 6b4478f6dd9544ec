package kr.hhplus.commerce.auditlog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.text.TextRules;
import org.jspecify.annotations.Nullable;

/**
 * A filter of audit log entries. Null and empty values do not filter.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record AuditLogQuery(
        @Nullable AuditLogAction action,
        @Nullable String actor,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** @throws RefusedException INVALID_REQUEST if the actor is longer than any name */
    public AuditLogQuery {
        if (actor != null && TextRules.length(actor) > JdbcAuditLog.TEXT_LENGTH_MAX) {
            throw new RefusedException(InvalidRequest.at("/who", "Size", 0, JdbcAuditLog.TEXT_LENGTH_MAX));
        }
        actor = actor == null || actor.isEmpty() ? null : actor;
    }
}
