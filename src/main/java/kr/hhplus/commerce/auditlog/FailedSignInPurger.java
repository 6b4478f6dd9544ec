package kr.hhplus.commerce.auditlog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes the entries of failed sign-ins after their retention, in small steps. All other entries are kept. */
@Component
class FailedSignInPurger {

    private static final Logger log = LoggerFactory.getLogger(FailedSignInPurger.class);

    private final JdbcAuditLog rows;
    private final AuditLogProperties properties;
    private final PurgeCutoff cutoff;
    private boolean warned;

    FailedSignInPurger(JdbcAuditLog rows, AuditLogProperties properties, PurgeCutoff cutoff) {
        this.rows = rows;
        this.properties = properties;
        this.cutoff = cutoff;
    }

    @Scheduled(initialDelayString = "PT4M", fixedDelayString = "PT10M")
    void purge() {
        cutoff.of(properties.failedSignInsRetention()).ifPresent(this::purge);
    }

    private void purge(Instant before) {
        boolean more = true;
        try {
            while (more) {
                more = rows.deleteFailedSignIns(before);
            }
            warned = false;
        } catch (NonTransientDataAccessException e) {
            // The database user may deliberately lack the right to delete, so warn once and without a stack trace.
            if (!warned) {
                log.warn(
                        "Cannot delete old failed sign-ins from the audit log; they are kept: {}",
                        e.getMostSpecificCause().getMessage());
                warned = true;
            }
        }
    }
}
