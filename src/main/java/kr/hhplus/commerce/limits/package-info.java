/** How often one caller, and one address, may ask: token buckets in the process or in Redis; one order at a time. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"groupcommit", "hints", "identity", "shared"})
package kr.hhplus.commerce.limits;
