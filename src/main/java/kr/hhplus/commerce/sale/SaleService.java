package kr.hhplus.commerce.sale;

import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.sale.SaleSwitch.State;
import kr.hhplus.commerce.soldout.SoldOutCacheRegistry;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Pauses and resumes the sale, and writes the audit log entry in the same transaction. */
@Service
public class SaleService {

    private final SaleSwitch sale;
    private final AuditLog auditLog;
    private final SoldOutCacheRegistry soldOutCacheRegistry;
    private final TransactionTemplate transaction;

    SaleService(
            SaleSwitch sale,
            AuditLog auditLog,
            SoldOutCacheRegistry soldOutCacheRegistry,
            PlatformTransactionManager transactions) {
        this.sale = sale;
        this.auditLog = auditLog;
        this.soldOutCacheRegistry = soldOutCacheRegistry;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Sets the state. When it returns, all instances apply it.
     *
     * @param actor the actor of the audit log entry
     */
    public void set(State after, String actor) {
        transaction.executeWithoutResult(status -> {
            State before = sale.set(after);
            auditLog.writeChange(AuditLogAction.SALE_SWITCHED, actor, "sale", before, after);
        });
        // A paused sale must be refused as paused, not as sold out.
        soldOutCacheRegistry.invalidateAll();
    }
}
