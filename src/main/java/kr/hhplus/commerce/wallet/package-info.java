/** Prepaid balances and the ledger that explains every one of them; charging. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"auditlog", "groupcommit", "kernel", "kernel::*", "web", "web::*"})
package kr.hhplus.commerce.wallet;
