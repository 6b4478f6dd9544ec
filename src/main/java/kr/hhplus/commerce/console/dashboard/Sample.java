package kr.hhplus.commerce.console.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.console.dashboard.HotProducts.Hot;
import kr.hhplus.commerce.console.dashboard.Services.Service;
import kr.hhplus.commerce.eventlog.relay.RelayStatus;
import kr.hhplus.commerce.sale.SaleSwitch;

/**
 * One second of this instance. A value that is unknown is null: a rate without an earlier sample, or a database value
 * while the database is unreachable.
 *
 * @param at milliseconds since 1970
 * @param orders orders per second; {@code coupons} and {@code refusals} likewise
 * @param p50 median latency of orders in milliseconds; {@code p99} likewise
 * @param queue queued orders
 * @param batch mean batch size
 * @param campaigns coupons left, by campaign
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
        RelayState delivery,
        List<Service> services,
        SaleSwitch.State sale,
        ReconciliationResult reconciliation,
        long listeners) {

    /**
     * The state of the relay.
     *
     * @param seconds the age of the oldest undelivered event
     */
    record RelayState(String sink, RelayStatus.DeliveryState state, long lag, long seconds, long deadLetters) {}

    /** The last reconciliation that ran on this instance. */
    record ReconciliationResult(boolean ok, Instant checkedAt) {}
}
