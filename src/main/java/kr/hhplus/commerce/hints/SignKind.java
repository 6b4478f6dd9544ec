package kr.hhplus.commerce.hints;

import java.util.Locale;

/** What can be sold out, and so have a sign: coupon campaigns and products, each by its id. */
public enum SignKind {
    CAMPAIGN,
    PRODUCT;

    /** As messages and metrics call it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
