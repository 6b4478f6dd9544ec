package kr.hhplus.commerce.wallet;

import kr.hhplus.commerce.kernel.Won;

/** The answer to a charge: what came in, and what the balance is since. */
public record ChargedBalance(long userId, Won balance, String currency, Won chargedAmount, String transactionId) {}
