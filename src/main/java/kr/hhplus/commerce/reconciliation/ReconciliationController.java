package kr.hhplus.commerce.reconciliation;

import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Runs a reconciliation on request. A report with violations is also a 200. */
@RestController
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
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
