/** The shop as people see it: products, coupons, cart, checkout, orders and balance, as pages. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"campaign", "catalog", "coupon", "order", "pages", "ranking", "shared", "wallet"})
package kr.hhplus.commerce.storefront;
