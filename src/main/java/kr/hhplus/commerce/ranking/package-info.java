/** Best sellers over a rolling window, summed up from the event log. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"catalog", "eventlog", "kernel", "kernel::*", "web", "web::*"})
package kr.hhplus.commerce.ranking;
