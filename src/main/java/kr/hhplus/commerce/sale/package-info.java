/** The operator's switch that stops orders and coupons at once, and lets them go on. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"hints", "shared", "trail"})
package kr.hhplus.commerce.sale;
