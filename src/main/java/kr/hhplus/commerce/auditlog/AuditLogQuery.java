package kr.hhplus.commerce.auditlog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.text.TextRules;

/**
 * Which lines of the trail are wanted; null and empty narrow nothing down.
 *
 * @param from the first instant
 * @param to the first instant that is not wanted any more
 */
public record AuditLogQuery(AuditLogAction kind, String who, Instant from, Instant to) {

    /** @throws RefusedException INVALID_REQUEST where nobody has so long a name */
    public AuditLogQuery {
        if (who != null && TextRules.length(who) > JdbcAuditLog.TEXT_LENGTH_MAX) {
            throw new RefusedException(InvalidRequest.at("/who", "Size", 0, JdbcAuditLog.TEXT_LENGTH_MAX));
        }
        who = who == null || who.isEmpty() ? null : who;
    }
}
