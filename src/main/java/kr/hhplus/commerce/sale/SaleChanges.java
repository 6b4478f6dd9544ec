package kr.hhplus.commerce.sale;

import kr.hhplus.commerce.hints.SoldOutSigns;
import kr.hhplus.commerce.sale.SaleSwitch.State;
import kr.hhplus.commerce.trail.Trail;
import kr.hhplus.commerce.trail.TrailKind;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Throws the switch, and writes down in the same transaction who did. */
@Service
public class SaleChanges {

    private final JdbcSwitch sale;
    private final Trail trail;
    private final SoldOutSigns signs;
    private final TransactionTemplate transaction;

    SaleChanges(JdbcSwitch sale, Trail trail, SoldOutSigns signs, PlatformTransactionManager transactions) {
        this.sale = sale;
        this.trail = trail;
        this.signs = signs;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** From the return on nothing is sold anywhere, or it is again. @param by who did it, for the trail */
    public void set(State after, String by) {
        transaction.executeWithoutResult(status -> {
            State before = sale.set(after);
            trail.writeChange(TrailKind.SALE_SWITCHED, by, "sale", before, after);
        });
        // From here on a pause is answered with its own code, not with what is sold out.
        signs.clearAll();
    }
}
