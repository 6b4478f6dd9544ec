package kr.hhplus.commerce.reconciliation;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Runs a reconciliation on request. A report with violations is also a 200. */
@RestController
class ReconciliationController {

    private final Reconciliation reconciliation;

    ReconciliationController(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @GetMapping("/admin/audit")
    ReconciliationReport reconcile() {
        return reconciliation.prove();
    }
}
