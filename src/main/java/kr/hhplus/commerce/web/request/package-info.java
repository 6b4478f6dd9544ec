/** Reading of requests: strict parameters, strict JSON, the caller. */
@org.springframework.modulith.NamedInterface("request")
package kr.hhplus.commerce.web.request;
