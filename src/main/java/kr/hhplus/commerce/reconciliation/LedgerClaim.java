package kr.hhplus.commerce.reconciliation;

/**
 * A payment, refund or event of an order: one that the order's status or a refund requires, or one that exists. Both
 * sets must be equal.
 *
 * @param kind a type of ledger entry or of event
 * @param amount in won; 0 for events
 */
record LedgerClaim(String kind, long orderId, long userId, long amount) {}
