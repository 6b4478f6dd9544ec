/** The shop's own users: signing up, signing in, known devices, password hashing. */
@org.springframework.modulith.NamedInterface("accounts")
package kr.hhplus.commerce.security.accounts;
