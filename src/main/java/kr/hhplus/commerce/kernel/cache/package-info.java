/** Values that instances share through Redis for a bounded time, and the circuit breaker for Redis. */
@org.springframework.modulith.NamedInterface("cache")
package kr.hhplus.commerce.kernel.cache;
