package kr.hhplus.commerce.console.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.console.dashboard.HotProducts.Hot;
import kr.hhplus.commerce.console.dashboard.Services.Service;
import kr.hhplus.commerce.eventlog.SinkState;
import kr.hhplus.commerce.sale.SaleSwitch;

/**
 * One second of this instance. Whatever could not be learned is null: a rate without a second before it, or what the
 * database knows while it is away.
 *
 * @param at milliseconds since 1970
 * @param orders placed a second, as coupons issued and refusals
 * @param p50 milliseconds in which half of the orders were answered, as {@code p99}
 * @param queue orders that wait
 * @param batch orders decided together
 * @param campaigns coupons that are left, by campaign
 */
record Sample(
        long at,
        Double orders,
        Double coupons,
        Map<String, Double> refusals,
        Double p50,
        Double p99,
        long queue,
        long couponQueue,
        Double batch,
        List<Hot> hot,
        Map<Long, Long> campaigns,
        Delivered delivery,
        List<Service> services,
        SaleSwitch.State sale,
        Books books,
        long listeners) {

    /** @param seconds the age of the oldest event that has not arrived */
    record Delivered(String form, SinkState.Going state, long lag, long seconds, long parked) {}

    /** What the last proof on this instance said. */
    record Books(boolean ok, Instant checkedAt) {}
}
