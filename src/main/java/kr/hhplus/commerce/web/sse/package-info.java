/** Server-sent events: one publisher per topic, however many subscribers. */
@org.springframework.modulith.NamedInterface("sse")
package kr.hhplus.commerce.web.sse;
