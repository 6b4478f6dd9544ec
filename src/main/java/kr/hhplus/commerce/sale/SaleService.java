package kr.hhplus.commerce.sale;

import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.sale.SaleSwitch.State;
import kr.hhplus.commerce.soldout.SoldOutCaches;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Throws the switch, and writes down in the same transaction who did. */
@Service
public class SaleService {

    private final JdbcSwitch sale;
    private final AuditLog auditLog;
    private final SoldOutCaches soldOutCaches;
    private final TransactionTemplate transaction;

    SaleService(
            JdbcSwitch sale, AuditLog auditLog, SoldOutCaches soldOutCaches, PlatformTransactionManager transactions) {
        this.sale = sale;
        this.auditLog = auditLog;
        this.soldOutCaches = soldOutCaches;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** From the return on nothing is sold anywhere, or it is again. @param by who did it, for the trail */
    public void set(State after, String by) {
        transaction.executeWithoutResult(status -> {
            State before = sale.set(after);
            auditLog.writeChange(AuditLogAction.SALE_SWITCHED, by, "sale", before, after);
        });
        // From here on a pause is answered with its own code, not with what is sold out.
        soldOutCaches.invalidateAll();
    }
}
