/** What spares the database work and is never the truth: sold-out signs, and snapshots that instances share. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"shared"})
package kr.hhplus.commerce.hints;
