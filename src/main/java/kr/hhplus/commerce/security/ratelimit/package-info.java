/** Rate limits by caller and by address, in the process or in Redis; one command in flight per user. */
@org.springframework.modulith.NamedInterface("ratelimit")
package kr.hhplus.commerce.security.ratelimit;
