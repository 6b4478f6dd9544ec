package kr.hhplus.commerce.catalog;

/**
 * Whether {@link PurchaseCounts} hold what users have bought of a product. A product never goes back: once its
 * purchases are counted they stay so, whether it has a purchase limit at the time or not.
 */
public enum PurchaseCounting {
    /** The product has never had a purchase limit. */
    NONE,
    /** Orders and cancellations keep the counts, but earlier orders are still being added: the limit does not bind. */
    COUNTING,
    /** The counts are exact: the limit binds. */
    COUNTED
}
