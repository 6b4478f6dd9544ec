/** Annotations of handler methods: access rule, rate limit, response cache and fast path. */
@org.springframework.modulith.NamedInterface("endpoint")
package kr.hhplus.commerce.web.endpoint;
