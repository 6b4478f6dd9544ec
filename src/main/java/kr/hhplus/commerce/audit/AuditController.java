package kr.hhplus.commerce.audit;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets the operator prove the books at any moment. Broken books are an answer like any other: 200. */
@RestController
class AuditController {

    private final Audit audit;

    AuditController(Audit audit) {
        this.audit = audit;
    }

    @GetMapping("/admin/audit")
    AuditReport audit() {
        return audit.prove();
    }
}
