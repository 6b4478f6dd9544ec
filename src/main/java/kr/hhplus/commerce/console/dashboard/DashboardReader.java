package kr.hhplus.commerce.console.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import kr.hhplus.commerce.console.dashboard.Services.Service;
import kr.hhplus.commerce.eventlog.RelayService;
import kr.hhplus.commerce.eventlog.SinkState;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.reconciliation.Reconciliation;
import kr.hhplus.commerce.sale.SaleSwitch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads everything that the console shows. What cannot be read is left out, and the rest goes on. */
@Component
class DashboardReader {

    private static final Logger log = LoggerFactory.getLogger(DashboardReader.class);

    /** After a longer pause the time between two samples says nothing about this second. */
    private static final double GAP_SECONDS_MAX = 5;

    private final MeterReader meters;
    private final Services services;
    private final InventoryReader shelves;
    private final RelayService deliveries;
    private final SaleSwitch sale;
    private final Reconciliation audit;
    private final Clock clock;
    private MeterTotals before;

    DashboardReader(
            MeterReader meters,
            Services services,
            InventoryReader shelves,
            RelayService deliveries,
            SaleSwitch sale,
            Reconciliation audit,
            Clock clock) {
        this.meters = meters;
        this.services = services;
        this.shelves = shelves;
        this.deliveries = deliveries;
        this.sale = sale;
        this.audit = audit;
        this.clock = clock;
    }

    synchronized Sample read() {
        MeterTotals now = meters.totals();
        MeterTotals last = before != null && now.secondsSince(before) <= GAP_SECONDS_MAX ? before : null;
        before = now;
        List<Service> servers = services.all();
        boolean reachable = servers.stream().noneMatch(service -> service.role().equals("database") && !service.up());
        return new Sample(
                clock.millis(),
                last == null ? null : now.ordersPerSecond(last),
                last == null ? null : now.couponsPerSecond(last),
                last == null ? Map.of() : now.refusalsPerSecond(last),
                last == null ? null : now.latencies().percentileSince(last.latencies(), 0.5),
                last == null ? null : now.latencies().percentileSince(last.latencies(), 0.99),
                meters.queue("order"),
                meters.queue("coupon"),
                last == null ? null : now.batchSince(last),
                reachable ? read(() -> shelves.hot(last == null ? 0 : now.secondsSince(last))) : null,
                reachable ? read(() -> shelves.coupons(clock.instant())) : null,
                reachable ? read(this::delivery) : null,
                servers,
                reachable ? read(sale::state) : null,
                books(),
                meters.listeners());
    }

    /** Whether the sale's switch and the books still say what they said then: an operator may have acted since. */
    boolean stillSay(Sample sample) {
        return Objects.equals(sample.books(), books())
                && (sample.sale() == null || sample.sale().equals(read(sale::state)));
    }

    private Sample.Books books() {
        return audit.last()
                .map(report -> new Sample.Books(report.ok(), report.checkedAt()))
                .orElse(null);
    }

    private Sample.Delivered delivery() {
        SinkState state = deliveries.state(PageRequest.of(null, 1));
        long seconds = state.oldestAt() == null
                ? 0
                : Math.max(
                        0, Duration.between(state.oldestAt(), clock.instant()).toSeconds());
        return new Sample.Delivered(state.form(), state.state(), state.lag(), seconds, state.parkedCount());
    }

    private static <T> T read(Supplier<T> what) {
        try {
            return what.get();
        } catch (RuntimeException e) {
            // The database is away; the page says so by its own line.
            log.debug("left out of a sample", e);
            return null;
        }
    }
}
