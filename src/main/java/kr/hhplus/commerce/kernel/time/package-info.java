/** The installation's clock, and background tasks. */
@org.springframework.modulith.NamedInterface("time")
package kr.hhplus.commerce.kernel.time;
