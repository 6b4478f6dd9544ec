/**
 * Authentication, access rules and rate limits. Local mode accepts loopback only; open mode trusts its network;
 * with credentials, {@code tokens} verifies tokens and {@code accounts} manages the shop's own users
 * (docs/decisions/016).
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"auditlog", "groupcommit", "kernel", "kernel::*", "pages", "web", "web::*"})
package kr.hhplus.commerce.security;
