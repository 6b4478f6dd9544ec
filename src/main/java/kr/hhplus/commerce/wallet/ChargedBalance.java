package kr.hhplus.commerce.wallet;

import kr.hhplus.commerce.kernel.Won;

/** The result of a top-up: the amount and the balance after it. */
public record ChargedBalance(long userId, Won balance, String currency, Won chargedAmount, String transactionId) {}
