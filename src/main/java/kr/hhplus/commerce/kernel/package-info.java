/**
 * The types that every module shares: results, refusals, money, the caller, and, in its packages, time, ids, text,
 * JSON, paging, the database, idempotency keys and caches. It does not depend on the web.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"groupcommit"})
package kr.hhplus.commerce.kernel;
