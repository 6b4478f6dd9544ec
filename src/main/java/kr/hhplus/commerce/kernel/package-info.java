/**
 * The types that every module shares: results, refusals, money, the caller, and, in its packages, time, ids, text,
 * JSON, paging, the database, idempotency keys and caches. It does not depend on the web. It depends on groupcommit,
 * because idempotency keys are rows that batches lock, and the pool of the writers is sized for its queues.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"groupcommit"})
package kr.hhplus.commerce.kernel;
