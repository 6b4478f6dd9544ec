/** The shop's own users: signing up, signing in, and what guessing costs. */
@org.springframework.modulith.NamedInterface("accounts")
package kr.hhplus.commerce.identity.accounts;
