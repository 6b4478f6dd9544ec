package kr.hhplus.commerce.kernel;

/**
 * Every error code. The codes of business rules, from {@link #SALE_PAUSED} to {@link #BALANCE_LIMIT_EXCEEDED}, stand in
 * order of precedence: if two of them apply to one command, the response has the one declared first. The order of all
 * other codes has no meaning: they are found one after the other on a request's way.
 * Codes are part of the contract and never change. Titles and details come from {@code problems*.properties}.
 */
public enum ErrorCode {
    UNAUTHENTICATED(401),
    RATE_LIMITED(429),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    UNSUPPORTED_MEDIA_TYPE(415),
    PAYLOAD_TOO_LARGE(413),
    REQUEST_TIMEOUT(408),
    HTTP_VERSION_NOT_SUPPORTED(505),
    NOT_IMPLEMENTED(501),
    URI_TOO_LONG(414),
    HEADERS_TOO_LARGE(431),
    EXPECTATION_FAILED(417),
    MALFORMED_REQUEST(400),
    INVALID_REQUEST(400),
    INVALID_CURSOR(400),
    FORBIDDEN(403),
    TOP_UP_REQUIRED(403),
    SIGN_UP_CLOSED(403),
    INVALID_CREDENTIALS(401),
    IDEMPOTENCY_KEY_REUSED(422),
    NAME_TAKEN(409),
    ACCOUNT_NOT_FOUND(404),
    LAST_ADMINISTRATOR(409),
    EVENT_LOG_REWOUND(409),
    SALE_PAUSED(409),
    PRODUCT_NOT_FOUND(404),
    COUPON_NOT_FOUND(404),
    CAMPAIGN_NOT_FOUND(404),
    NO_OPEN_CAMPAIGN(404),
    CAMPAIGN_ID_REQUIRED(400),
    ORDER_NOT_FOUND(404),
    RESERVATION_NOT_FOUND(404),
    TOP_UP_NOT_FOUND(404),
    RESERVATION_EXPIRED(409),
    TOP_UP_EXPIRED(409),
    TOP_UP_NOT_CANCELLABLE(409),
    ORDER_NOT_CANCELLABLE(409),
    ORDER_NOT_REFUNDABLE(409),
    ORDER_NOT_FULFILLABLE(409),
    SALE_NOT_OPEN(409),
    CAMPAIGN_NOT_OPEN(409),
    ACCOUNT_TOO_YOUNG(403),
    CLAIM_REQUIRED(403),
    PURCHASE_LIMIT_EXCEEDED(409),
    RESERVATION_LIMIT_EXCEEDED(409),
    TOP_UP_LIMIT_EXCEEDED(409),
    COUPON_ALREADY_ISSUED(409),
    COUPON_SOLD_OUT(409),
    INSUFFICIENT_STOCK(409),
    COUPON_ALREADY_USED(409),
    COUPON_EXPIRED(409),
    COUPON_NOT_APPLICABLE(409),
    REFUND_EXCEEDS_ORDER(409),
    REFUND_EXCEEDS_TOP_UP(409),
    INSUFFICIENT_BALANCE(409),
    BALANCE_LIMIT_EXCEEDED(409),
    AMOUNT_MISMATCH(409),
    PAYMENT_DECLINED(409),
    OVERLOADED(503),
    ROW_LOCKED(503),
    UNAVAILABLE(503),
    OUTCOME_UNKNOWN(503),
    INTERNAL_ERROR(500);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status of the code. */
    public int status() {
        return status;
    }

    /** Whether the response has this code if both codes, of business rules, apply. */
    public boolean precedes(ErrorCode other) {
        return compareTo(other) < 0;
    }
}
