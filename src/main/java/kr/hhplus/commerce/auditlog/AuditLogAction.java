package kr.hhplus.commerce.auditlog;

/** What kind of deed is written down: changes by hand first, then who signs in and out. */
public enum AuditLogAction {
    PRODUCT_CREATED,
    PRODUCT_CHANGED,
    STOCK_ADJUSTED,
    CAMPAIGN_CREATED,
    CAMPAIGN_CHANGED,
    BALANCE_CHARGED,
    ORDER_CANCELLED,
    SALE_SWITCHED,
    REPLAY_STARTED,
    INCARNATION_ACCEPTED,
    SIGNED_IN,
    SIGN_IN_FAILED,
    SIGNED_UP,
    SIGNED_OUT,
    PASSWORD_CHANGED
}
