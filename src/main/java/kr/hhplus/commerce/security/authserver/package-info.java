/** Spring Authorization Server: access tokens for OAuth clients, by the accounts of the shop. */
@org.springframework.modulith.NamedInterface("authserver")
package kr.hhplus.commerce.security.authserver;
