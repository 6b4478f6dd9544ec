/**
 * Who may call. In local mode only this machine may, in open mode a network decides; where credentials are configured,
 * {@code tokens} checks each caller's token, and {@code accounts} signs the shop's own users in (docs/decisions/016).
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = "shared")
package kr.hhplus.commerce.identity;
