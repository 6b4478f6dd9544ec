/** Whose token holds, and what each address wants of its caller. */
@org.springframework.modulith.NamedInterface("tokens")
package kr.hhplus.commerce.identity.tokens;
