/**
 * Places, refunds, cancels and finds orders. The only module that changes balances, stock and coupons in one
 * transaction.
 */
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
