package kr.hhplus.commerce.soldout;

import java.util.Locale;

/** What can be sold out, and so have a sign: coupon campaigns and products, each by its id. */
public enum SoldOutType {
    CAMPAIGN,
    PRODUCT;

    /** As messages and metrics call it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
