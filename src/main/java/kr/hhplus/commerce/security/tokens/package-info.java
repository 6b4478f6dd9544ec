/** Token verification, and the role that each path requires. */
@org.springframework.modulith.NamedInterface("tokens")
package kr.hhplus.commerce.security.tokens;
