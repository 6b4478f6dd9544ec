package kr.hhplus.commerce.order;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import kr.hhplus.commerce.order.OrderCommand.ExpireReservation;
import kr.hhplus.commerce.order.Reservations.Due;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the reservations that have expired. Every instance may do so at any time: the batch decides by the status of the
 * row, so the stock is given back once.
 *
 * <p>A pass goes through all of them, a page per step. Reservations that cannot end, for example because another
 * session holds their product, hold the others up for {@link #PAGE_WAIT} per page at most, and are tried again after
 * {@link #RETRY_AFTER}.
 */
final class ReservationSweep {

    static final int PAGE = 256;
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(ReservationSweep.class);
    private static final Duration PAGE_WAIT = Duration.ofMillis(500);

    private final Search search;
    private final Function<ExpireReservation, CompletableFuture<?>> expire;
    private final Clock clock;

    /** When a reservation that could not end is tried again; {@link Instant#MAX} while its command is in the queue. */
    private final Map<Long, Instant> notBefore = new ConcurrentHashMap<>();

    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable Throwable lastFailure;
    private volatile Instant doneUntil;
    private Due last = Due.FIRST;

    /** Lists reservations as {@link Reservations#due} does. */
    @FunctionalInterface
    interface Search {
        List<Due> due(Instant now, Due after, int limit);
    }

    ReservationSweep(
            Search search,
            Function<ExpireReservation, CompletableFuture<?>> expire,
            Clock clock,
            MeterRegistry registry) {
        this.search = search;
        this.expire = expire;
        this.clock = clock;
        this.doneUntil = clock.instant();
        TimeGauge.builder("commerce.reservation.overdue.age", this::overdueMillis, TimeUnit.MILLISECONDS)
                .description("Age of the oldest expired reservation that holds stock, or of the last search for any")
                .strongReference(true)
                .register(registry);
    }

    private long overdueMillis() {
        return Math.max(0, Duration.between(doneUntil, clock.instant()).toMillis());
    }

    /**
     * Submits a page of a pass and waits for it, for a while.
     *
     * @return whether the pass has another page
     */
    boolean step() {
        Instant now = clock.instant();
        boolean first = last == Due.FIRST;
        List<Due> due = search.due(now, last, PAGE);
        if (first) {
            doneUntil = due.isEmpty() ? now : due.get(0).expiresAt();
            notBefore.values().removeIf(instant -> !now.isBefore(instant));
            reportFailures();
        }
        boolean more = due.size() == PAGE;
        last = more ? due.get(due.size() - 1) : Due.FIRST;
        await(due.stream()
                .filter(reservation -> !notBefore.containsKey(reservation.reservationId()))
                .map(this::submit)
                .toArray(CompletableFuture[]::new));
        return more;
    }

    private CompletableFuture<?> submit(Due due) {
        long id = due.reservationId();
        notBefore.put(id, Instant.MAX);
        return expire.apply(new ExpireReservation(due.userId(), id)).handle((result, failure) -> {
            if (failure == null) {
                notBefore.remove(id);
            } else {
                lastFailure = failure;
                failures.incrementAndGet();
                notBefore.put(id, clock.instant().plus(RETRY_AFTER));
            }
            return result;
        });
    }

    private static void await(CompletableFuture<?>[] commands) {
        try {
            CompletableFuture.allOf(commands).get(PAGE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The next page does not wait for a command that is set aside.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("no command fails here", e);
        }
    }

    /** One line per pass, however many commands have failed. */
    private void reportFailures() {
        long failed = failures.getAndSet(0);
        if (failed > 0) {
            log.warn(
                    "{} expired reservations could not end and are tried again; the last: {}",
                    failed,
                    String.valueOf(lastFailure));
        }
    }
}
