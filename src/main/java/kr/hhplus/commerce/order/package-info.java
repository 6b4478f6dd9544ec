/** Placing, cancelling and finding orders: the one module that joins wallets, stock and coupons in a transaction. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "campaign",
            "catalog",
            "coupon",
            "feed",
            "groupcommit",
            "hints",
            "sale",
            "shared",
            "trail",
            "wallet"
        })
package kr.hhplus.commerce.order;
