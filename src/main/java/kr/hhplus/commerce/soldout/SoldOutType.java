package kr.hhplus.commerce.soldout;

import java.util.Locale;

/** The types of items that can be sold out, each with its own ids. */
public enum SoldOutType {
    CAMPAIGN,
    PRODUCT;

    /** The name in messages and metrics. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
