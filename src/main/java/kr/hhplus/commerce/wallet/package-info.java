/** Prepaid balances and the ledger that explains every one of them; charging. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"groupcommit", "shared"})
package kr.hhplus.commerce.wallet;
