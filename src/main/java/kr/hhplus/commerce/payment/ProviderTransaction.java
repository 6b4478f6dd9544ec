package kr.hhplus.commerce.payment;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;

/**
 * A payment or a refund as the provider lists it.
 *
 * @param orderId the id of the top-up as the provider has it; may be any text
 * @param amount positive in both directions
 */
record ProviderTransaction(String orderId, boolean refund, Won amount, Instant at, String transactionKey) {}
