/** Goods and coupons for a shop that opens for the first time on the embedded database. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "kernel::*"})
package kr.hhplus.commerce.sampledata;
