package kr.hhplus.commerce.storefront;

import java.time.Instant;

/** Where an instant lies to a window of time. */
enum SaleWindowState {
    SOON,
    OPEN,
    OVER;

    /** @param startsAt the first instant of the window, or null @param endsAt the first after it, or null */
    static SaleWindowState of(Instant startsAt, Instant endsAt, Instant now) {
        if (endsAt != null && !now.isBefore(endsAt)) {
            return OVER;
        }
        return startsAt == null || !now.isBefore(startsAt) ? OPEN : SOON;
    }
}
