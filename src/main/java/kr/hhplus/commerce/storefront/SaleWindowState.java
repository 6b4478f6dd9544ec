package kr.hhplus.commerce.storefront;

import java.time.Instant;

/** The state of a sale window at an instant. */
enum SaleWindowState {
    SOON,
    OPEN,
    OVER;

    /**
     * Compares an instant with a window.
     *
     * @param startsAt inclusive; null: no start
     * @param endsAt exclusive; null: no end
     */
    static SaleWindowState of(Instant startsAt, Instant endsAt, Instant now) {
        if (endsAt != null && !now.isBefore(endsAt)) {
            return OVER;
        }
        return startsAt == null || !now.isBefore(startsAt) ? OPEN : SOON;
    }
}
