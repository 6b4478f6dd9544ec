package kr.hhplus.commerce.wallet;

/** What a provider says about the payment of a top-up that an operator wants to end. */
public enum UncreditedPayment {
    /** It can never be credited: another amount was paid, or a part was paid back. */
    MISMATCHED,
    /** It was paid, and then paid back in whole. */
    CANCELLED,
    /** The provider knows no payment. */
    ABSENT,
    /** It fits, can still be made, or failed without a payment. */
    NOT_CANCELLABLE
}
