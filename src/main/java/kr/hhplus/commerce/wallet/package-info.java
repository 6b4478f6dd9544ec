/** Prepaid balances and the ledger that explains every one of them; charging. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"groupcommit", "shared", "trail"})
package kr.hhplus.commerce.wallet;
