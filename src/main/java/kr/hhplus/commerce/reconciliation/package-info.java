/**
 * Reconciles stock, balances, coupons and events from the tables, while the shop sells. Shares no code with the modules
 * that write them.
 */
@NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "kernel::*", "web", "web::*"})
package kr.hhplus.commerce.reconciliation;

import org.jspecify.annotations.NullMarked;
