/**
 * Best sellers over a rolling window, summed up from the event log.
 *
 * <p>A list is cached once in the process, for {@code commerce.ranking.cache-duration} from the start of its query
 * ({@code SingleFlightCache}). With {@code commerce.cache=redis}, one instance runs the query, which reads up to 46,000
 * rows (docs/explain.md), and the others take the list with its age from Redis, so that ages do not add up. The bytes
 * of a response are cached for a quarter of that time, so that repeated requests are served without Spring MVC.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"catalog", "eventlog", "kernel", "kernel::*", "web", "web::*"})
package kr.hhplus.commerce.ranking;
