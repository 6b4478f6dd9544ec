/** Server-sent events: each topic has one publisher for all of its subscribers. */
@org.springframework.modulith.NamedInterface("sse")
package kr.hhplus.commerce.web.sse;
