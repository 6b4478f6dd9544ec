package kr.hhplus.commerce.auditlog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes the entries of failed sign-ins after their retention, in small steps. Every other entry stays for good. */
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
            // A database user that may only add to the table is a choice, and no reason for a stack trace each time.
            if (!warned) {
                log.warn(
                        "failed sign-ins stay in the audit log: {}",
                        e.getMostSpecificCause().getMessage());
                warned = true;
            }
        }
    }
}
