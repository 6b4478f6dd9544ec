/** The operator's pages: the dashboard and the administration forms. They contain no rules. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "auditlog",
            "catalog",
            "eventlog",
            "eventlog::relay",
            "kernel",
            "kernel::*",
            "order",
            "pages",
            "payment",
            "promotion",
            "reconciliation",
            "sale",
            "wallet",
            "web",
            "web::*"
        })
package kr.hhplus.commerce.console;
