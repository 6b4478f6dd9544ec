/** Best sellers over a rolling window, summed up from the event log. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"catalog", "feed", "shared"})
package kr.hhplus.commerce.ranking;
