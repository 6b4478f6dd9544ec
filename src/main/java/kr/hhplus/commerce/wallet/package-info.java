/** Prepaid balances, their ledgers, and top-ups. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"auditlog", "groupcommit", "kernel", "kernel::*", "web", "web::*"})
package kr.hhplus.commerce.wallet;
