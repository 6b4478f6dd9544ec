package kr.hhplus.commerce.order;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderCommand.ExpireReservation;
import kr.hhplus.commerce.order.OrderCommand.ReleaseReservation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Holds stock for buyers, and gives it back. {@link OrderService#place} pays a reservation. */
@Service
public class ReservationService {

    private static final Logger log = LoggerFactory.getLogger(ReservationService.class);

    private static final int SWEPT_TOGETHER = 256;

    private final SoldOutProductCheck soldOutProductCheck;
    private final OrderBatchHandler batches;
    private final Reservations reservations;
    private final Validator validator;
    private final ReservationProperties properties;
    private final Clock clock;

    ReservationService(
            SoldOutProductCheck soldOutProductCheck,
            OrderBatchHandler batches,
            Reservations reservations,
            Validator validator,
            ReservationProperties properties,
            Clock clock) {
        this.soldOutProductCheck = soldOutProductCheck;
        this.batches = batches;
        this.reservations = reservations;
        this.validator = validator;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Holds stock for a user.
     *
     * @param key the idempotency key, or null
     * @return refusals SALE_PAUSED, PRODUCT_NOT_FOUND, SALE_NOT_OPEN, PURCHASE_LIMIT_EXCEEDED,
     *     RESERVATION_LIMIT_EXCEEDED, INSUFFICIENT_STOCK
     * @throws ConstraintViolationException if the request breaks a constraint of {@link ReservationRequest}
     * @throws RefusedException FORBIDDEN for another user's reservation; INVALID_REQUEST if the key or the time is not
     *     valid
     */
    public CompletableFuture<CommandResult<Reservation>> hold(
            Caller caller, ReservationRequest request, @Nullable String key) {
        Set<ConstraintViolation<ReservationRequest>> violations = validator.validate(request);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return batches.submitReservation(request.toCommand(caller, properties, key))
                .whenComplete((result, failure) -> soldOutProductCheck.onResult(result));
    }

    /**
     * Gives the stock of a reservation back. An expired or released one stays as it is.
     *
     * @param reservation a reservation that {@link #find} returned for this caller
     * @return refusal RESERVATION_EXPIRED if it is paid
     */
    public CompletableFuture<CommandResult<Reservation>> release(Reservation reservation) {
        return batches.submitReservation(new ReleaseReservation(reservation.userId(), reservation.reservationId()))
                .whenComplete((result, failure) -> soldOutProductCheck.onGivenBack(productsOf(result)));
    }

    private static Set<Long> productsOf(@Nullable CommandResult<Reservation> result) {
        return result instanceof CommandResult.Done<Reservation> done
                ? done.value().quantities().keySet()
                : Set.of();
    }

    /**
     * Finds a reservation.
     *
     * @param userId the owner; null finds the reservation of any user
     * @throws RefusedException RESERVATION_NOT_FOUND, also for another user's reservation
     */
    public Reservation find(String reservationId, @Nullable Long userId) {
        return IdText.parse(reservationId).stream()
                .boxed()
                .findFirst()
                .flatMap(reservations::find)
                .filter(reservation -> userId == null || reservation.userId() == userId)
                .orElseThrow(() -> new RefusedException(Refusal.of(ErrorCode.RESERVATION_NOT_FOUND)));
    }

    /** Lists the open reservations of a user, by their numbers. */
    public List<Reservation> open(long userId) {
        return reservations.open(userId, clock.instant());
    }

    /** Returns the status of a reservation now, by the clock of the installation. */
    public Reservation.Status statusOf(Reservation reservation) {
        return reservation.statusAt(clock.instant());
    }

    /**
     * Ends some of the reservations that have expired. Every instance may do so at any time: the batch decides by the
     * status of the row, so the stock is given back once.
     *
     * @return whether there may be more
     */
    boolean sweep() {
        Instant now = clock.instant();
        List<Reservations.Due> due = reservations.due(now, SWEPT_TOGETHER);
        List<CompletableFuture<@Nullable CommandResult<Reservation>>> ended =
                due.stream().map(this::expire).toList();
        List<@Nullable CommandResult<Reservation>> results =
                ended.stream().map(CompletableFuture::join).toList();
        Set<Long> givenBack = new HashSet<>();
        results.forEach(result -> givenBack.addAll(productsOf(result)));
        soldOutProductCheck.onGivenBack(givenBack);
        return due.size() == SWEPT_TOGETHER && !results.contains(null);
    }

    /** A command that fails, for example because its rows are locked, gives null and is repeated by the next sweep. */
    private CompletableFuture<@Nullable CommandResult<Reservation>> expire(Reservations.Due due) {
        return batches.submitReservation(new ExpireReservation(due.userId(), due.reservationId()))
                .exceptionally(failure -> {
                    log.warn("reservation {} could not expire, retrying", due.reservationId(), failure);
                    return null;
                });
    }
}
