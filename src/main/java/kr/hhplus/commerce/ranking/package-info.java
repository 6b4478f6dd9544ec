/** Best sellers over a rolling window, summed up from the event log. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"catalog", "feed", "hints", "shared"})
package kr.hhplus.commerce.ranking;
