/** Tomcat's limits, request bodies, responses, request ids and the shutdown delay. */
@org.springframework.modulith.NamedInterface("server")
package kr.hhplus.commerce.web.server;
