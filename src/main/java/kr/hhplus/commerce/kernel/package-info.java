/**
 * What every module speaks: results, refusals, money, the caller, and in its packages time, ids, text, JSON, paging,
 * the database, idempotency keys and caches. Nothing of the web.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"groupcommit"})
package kr.hhplus.commerce.kernel;
