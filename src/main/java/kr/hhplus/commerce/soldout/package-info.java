/**
 * The sold-out cache: what was sold out at the last look into the database, shared through Redis. Refuses early, never
 * decides.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "kernel::*"})
package kr.hhplus.commerce.soldout;
