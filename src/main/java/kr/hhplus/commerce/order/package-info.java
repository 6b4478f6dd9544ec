/** Placing, cancelling and finding orders: the one module that joins balances, stock and coupons in a transaction. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "auditlog",
            "catalog",
            "eventlog",
            "groupcommit",
            "kernel",
            "kernel::*",
            "promotion",
            "sale",
            "soldout",
            "wallet",
            "web",
            "web::*"
        })
package kr.hhplus.commerce.order;
