package kr.hhplus.commerce.reconciliation;

/** The invariants that reconciliation checks. Their labels are part of the API and never change. */
enum Invariant {
    STOCK_NOT_NEGATIVE("I1-stock-not-negative"),
    STOCK_CONSERVED("I2-stock-conserved"),
    COUPONS_WITHIN_LIMIT("I3-coupons-within-limit"),
    COUPONS_USED_ONCE("I4-coupons-used-once"),
    BALANCES_MATCH_LEDGER("I5-balances-match-ledger"),
    MONEY_CONSERVED("I6-money-conserved"),
    ORDERS_COMPLETE("I7-orders-complete"),
    TOP_UPS_MATCH_PAYMENTS("I15-top-ups-match-payments"),
    RESERVATIONS_END_ONCE("I16-reservations-end-once"),
    REFUNDS_WITHIN_ORDERS("I17-refunds-within-orders"),
    EVENT_LOG_WITHOUT_GAPS("feed-without-gaps"),
    PURCHASES_COUNTED("purchase-counts-match-orders");

    private final String label;

    Invariant(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
