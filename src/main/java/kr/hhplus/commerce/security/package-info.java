/**
 * Who may call, and how often. In local mode only this machine may, in open mode a network decides; where credentials
 * are configured, {@code tokens} checks each caller's token, and {@code accounts} signs the shop's own users in
 * (docs/decisions/016).
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"auditlog", "groupcommit", "kernel", "kernel::*", "pages", "web", "web::*"})
package kr.hhplus.commerce.security;
