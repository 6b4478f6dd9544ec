/** Between the socket and Spring MVC: bodies, deadlines, connection limits. */
@org.springframework.modulith.NamedInterface("server")
package kr.hhplus.commerce.web.server;
