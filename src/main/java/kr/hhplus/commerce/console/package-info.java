/** The operator's pages: the dashboard of a sale, and the forms to act on it. Every rule is elsewhere. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "auditlog",
            "catalog",
            "eventlog",
            "kernel",
            "kernel::*",
            "order",
            "pages",
            "promotion",
            "reconciliation",
            "sale",
            "web",
            "web::*"
        })
package kr.hhplus.commerce.console;
