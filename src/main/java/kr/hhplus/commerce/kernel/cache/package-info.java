/** Values that instances share through Redis for a while, and the circuit breaker in front of Redis. */
@org.springframework.modulith.NamedInterface("cache")
package kr.hhplus.commerce.kernel.cache;
