/** What an endpoint says about itself, by annotations on its handler method: access, rate limit, caching, fast path. */
@org.springframework.modulith.NamedInterface("endpoint")
package kr.hhplus.commerce.web.endpoint;
