package kr.hhplus.commerce.catalog;

/**
 * Whether {@link PurchaseCounts} contain the purchases of a product. The state only advances: the purchases stay
 * counted after the purchase limit is removed.
 */
public enum PurchaseCounting {
    /** The product has never had a purchase limit. */
    NONE,
    /**
     * Orders and cancellations update the counts, but {@link PurchaseScan} still adds earlier orders: the limit does
     * not bind.
     */
    COUNTING,
    /** The counts are exact: the limit binds. */
    COUNTED
}
