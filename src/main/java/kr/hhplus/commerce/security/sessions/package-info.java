/** Sessions of the pages, with the shop's own accounts. */
@org.springframework.modulith.NamedInterface("sessions")
package kr.hhplus.commerce.security.sessions;
