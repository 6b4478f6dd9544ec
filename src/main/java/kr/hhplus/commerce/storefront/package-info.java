/** The shop's pages: products, coupons, cart, checkout, orders and balance. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "catalog",
            "kernel",
            "kernel::*",
            "order",
            "pages",
            "payment",
            "promotion",
            "ranking",
            "sale",
            "wallet",
            "web",
            "web::*"
        })
package kr.hhplus.commerce.storefront;
