/** The shop's own users: signing up, signing in, lock-out, password hashing. */
@org.springframework.modulith.NamedInterface("accounts")
package kr.hhplus.commerce.security.accounts;
