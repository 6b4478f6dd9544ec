/**
 * The audit log: who changed stock, campaigns and balances by hand, cancelled an order, stopped the sale or signed in.
 * Only failed sign-ins are ever deleted.
 */
@NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "kernel::*", "web", "web::*"})
package kr.hhplus.commerce.auditlog;

import org.jspecify.annotations.NullMarked;
