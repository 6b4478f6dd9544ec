package kr.hhplus.commerce.reconciliation;

/** A payment, refund or event that an order's status asks for, or that exists: the two must be the same, once each. */
record LedgerClaim(String kind, long order, long user, long amount) {}
