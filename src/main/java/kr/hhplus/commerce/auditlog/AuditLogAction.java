package kr.hhplus.commerce.auditlog;

/** The actions that the audit log records: operators' changes first, then account events. */
public enum AuditLogAction {
    PRODUCT_CREATED,
    PRODUCT_CHANGED,
    STOCK_ADJUSTED,
    CAMPAIGN_CREATED,
    CAMPAIGN_CHANGED,
    BALANCE_CHARGED,
    TOP_UP_REFUNDED,
    TOP_UP_CANCELLED,
    ORDER_REFUNDED,
    ORDER_CANCELLED,
    ORDER_FULFILLED,
    SALE_SWITCHED,
    REPLAY_STARTED,
    INCARNATION_ACCEPTED,
    ADMINISTRATOR_GRANTED,
    ADMINISTRATOR_REVOKED,
    SIGNED_IN,
    SIGN_IN_FAILED,
    SIGNED_UP,
    SIGNED_OUT,
    PASSWORD_CHANGED,
    CLIENT_AUTHENTICATED
}
