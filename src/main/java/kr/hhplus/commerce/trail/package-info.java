/** The audit trail: who changed stock, campaigns and balances by hand, stopped the sale or signed in; append-only. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"identity", "shared"})
package kr.hhplus.commerce.trail;
