package kr.hhplus.commerce.reconciliation;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets the operator prove the books at any moment. Broken books are an answer like any other: 200. */
@RestController
class ReconciliationController {

    private final Reconciliation audit;

    ReconciliationController(Reconciliation audit) {
        this.audit = audit;
    }

    @GetMapping("/admin/audit")
    ReconciliationReport audit() {
        return audit.prove();
    }
}
