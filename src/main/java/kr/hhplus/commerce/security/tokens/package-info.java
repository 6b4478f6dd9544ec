/** Whose token is valid, and which role each path asks of its caller. */
@org.springframework.modulith.NamedInterface("tokens")
package kr.hhplus.commerce.security.tokens;
