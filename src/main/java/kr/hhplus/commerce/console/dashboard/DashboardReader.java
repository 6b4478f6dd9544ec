package kr.hhplus.commerce.console.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import kr.hhplus.commerce.console.dashboard.Services.Service;
import kr.hhplus.commerce.eventlog.relay.RelayService;
import kr.hhplus.commerce.eventlog.relay.RelayStatus;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.reconciliation.Reconciliation;
import kr.hhplus.commerce.sale.SaleSwitch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads a sample of all values of the dashboard. A value that cannot be read is null. */
@Component
class DashboardReader {

    private static final Logger log = LoggerFactory.getLogger(DashboardReader.class);

    /** Rates over a longer gap would not describe the present. */
    private static final double GAP_SECONDS_MAX = 5;

    private final MeterReader meters;
    private final Services services;
    private final InventoryReader inventory;
    private final RelayService relay;
    private final SaleSwitch sale;
    private final Reconciliation reconciliation;
    private final Clock clock;
    private MeterTotals before;

    DashboardReader(
            MeterReader meters,
            Services services,
            InventoryReader inventory,
            RelayService relay,
            SaleSwitch sale,
            Reconciliation reconciliation,
            Clock clock) {
        this.meters = meters;
        this.services = services;
        this.inventory = inventory;
        this.relay = relay;
        this.sale = sale;
        this.reconciliation = reconciliation;
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
                reachable ? read(() -> inventory.hot(last == null ? 0 : now.secondsSince(last))) : null,
                reachable ? read(() -> inventory.coupons(clock.instant())) : null,
                reachable ? read(this::relayState) : null,
                servers,
                reachable ? read(sale::state) : null,
                reconciliation(),
                meters.listeners());
    }

    /** Returns whether the sale switch and the reconciliation result are unchanged since the sample. */
    boolean isCurrent(Sample sample) {
        return Objects.equals(sample.reconciliation(), reconciliation())
                && (sample.sale() == null || sample.sale().equals(read(sale::state)));
    }

    private Sample.ReconciliationResult reconciliation() {
        return reconciliation
                .last()
                .map(report -> new Sample.ReconciliationResult(report.ok(), report.checkedAt()))
                .orElse(null);
    }

    private Sample.RelayState relayState() {
        RelayStatus state = relay.state(PageRequest.of(null, 1));
        long seconds = state.oldestAt() == null
                ? 0
                : Math.max(
                        0, Duration.between(state.oldestAt(), clock.instant()).toSeconds());
        return new Sample.RelayState(state.sink(), state.state(), state.lag(), seconds, state.deadLetterCount());
    }

    private static <T> T read(Supplier<T> value) {
        try {
            return value.get();
        } catch (RuntimeException e) {
            // The page shows an unreachable database in a row of its own.
            log.debug("dashboard value not read", e);
            return null;
        }
    }
}
