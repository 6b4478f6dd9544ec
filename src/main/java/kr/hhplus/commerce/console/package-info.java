/** The operator's pages: the dashboard of a sale and the forms of its administration. It has no rules of its own. */
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
