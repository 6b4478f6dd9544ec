package kr.hhplus.commerce.soldout;

import java.util.Locale;

/** What can be sold out: coupon campaigns and products, each by its id. */
public enum SoldOutType {
    CAMPAIGN,
    PRODUCT;

    /** The name in messages and metrics. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
