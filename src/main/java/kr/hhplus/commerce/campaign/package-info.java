/** Coupon campaigns: so many coupons, for so long, for whoever comes first. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"groupcommit", "hints", "shared", "trail"})
package kr.hhplus.commerce.campaign;
