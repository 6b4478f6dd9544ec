package kr.hhplus.commerce.order;

import static kr.hhplus.commerce.order.Goods.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kr.hhplus.commerce.kernel.time.MovingClock;
import kr.hhplus.commerce.order.OrderCommand.ExpireReservation;
import kr.hhplus.commerce.order.Reservations.Due;
import org.junit.jupiter.api.Test;

/** The search for expired reservations, some of which cannot end. */
class ReservationSweepTests {

    private final List<Due> open = new ArrayList<>();
    private final List<Long> submitted = new ArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Instant now = NOON;
    private CompletableFuture<?> answer = CompletableFuture.completedFuture(null);
    private final ReservationSweep sweep =
            new ReservationSweep(this::due, this::expire, new MovingClock(() -> now), metrics);

    private List<Due> due(Instant until, Due after, int limit) {
        return open.stream()
                .filter(due -> due.reservationId() > after.reservationId())
                .limit(limit)
                .toList();
    }

    private CompletableFuture<?> expire(ExpireReservation command) {
        submitted.add(command.reservationId());
        return answer;
    }

    private void addExpired(int reservations) {
        for (int i = 0; i < reservations; i++) {
            open.add(new Due(open.size() + 1, 7, NOON));
        }
    }

    private double overdueSeconds() {
        return metrics.get("commerce.reservation.overdue.age").timeGauge().value(TimeUnit.SECONDS);
    }

    @Test
    void goesOnBehindAPageThatCannotEnd() {
        addExpired(ReservationSweep.PAGE + 1);
        answer = new CompletableFuture<>();
        assertThat(sweep.step()).isTrue();
        assertThat(sweep.step()).isFalse();
        assertThat(submitted).hasSize(ReservationSweep.PAGE + 1);
        sweep.step();
        sweep.step();
        assertThat(submitted).as("none is submitted while it waits").hasSize(ReservationSweep.PAGE + 1);
    }

    @Test
    void triesOneThatFailsAgainAfterAPause() {
        addExpired(1);
        answer = CompletableFuture.failedFuture(new IllegalStateException("its row is locked"));
        sweep.step();
        sweep.step();
        assertThat(submitted).containsExactly(1L);
        now = now.plus(ReservationSweep.RETRY_AFTER);
        sweep.step();
        assertThat(submitted).containsExactly(1L, 1L);
    }

    @Test
    void tellsHowLongTheOldestIsOverdue() {
        addExpired(1);
        now = NOON.plus(Duration.ofSeconds(30));
        sweep.step();
        assertThat(overdueSeconds()).isEqualTo(30);
        open.clear();
        sweep.step();
        assertThat(overdueSeconds()).isZero();
        now = now.plus(Duration.ofSeconds(40));
        assertThat(overdueSeconds()).as("without a search").isEqualTo(40);
    }
}
