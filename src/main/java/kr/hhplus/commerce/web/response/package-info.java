/** Responses of handlers: at once, or when a batch is committed. */
@org.springframework.modulith.NamedInterface("response")
package kr.hhplus.commerce.web.response;
