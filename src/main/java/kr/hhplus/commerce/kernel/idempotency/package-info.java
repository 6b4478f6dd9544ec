/** The first result of each idempotency key, stored in the transaction of its effect. */
@org.springframework.modulith.NamedInterface("idempotency")
package kr.hhplus.commerce.kernel.idempotency;
