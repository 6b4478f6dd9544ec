/** The installation's clock, and work that repeats. */
@org.springframework.modulith.NamedInterface("time")
package kr.hhplus.commerce.kernel.time;
