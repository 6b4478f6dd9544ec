/** The first result of each idempotency key, stored in the transaction that had the effect. */
@org.springframework.modulith.NamedInterface("idempotency")
package kr.hhplus.commerce.kernel.idempotency;
