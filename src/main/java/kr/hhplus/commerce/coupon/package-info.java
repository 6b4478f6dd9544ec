/** Coupons: issued to whoever comes first, used by orders, given back by cancellations. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"campaign", "groupcommit", "hints", "sale", "shared"})
package kr.hhplus.commerce.coupon;
