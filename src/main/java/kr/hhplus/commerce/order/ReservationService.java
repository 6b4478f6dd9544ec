package kr.hhplus.commerce.order;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.time.Clock;
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
import org.springframework.stereotype.Service;

/** Holds stock for buyers, and gives it back. {@link OrderService#place} pays a reservation. */
@Service
public class ReservationService {

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

    /** Gives the stock of a reservation back for its owner. */
    public CompletableFuture<CommandResult<Reservation>> release(Reservation reservation) {
        return release(reservation, null);
    }

    /**
     * Gives the stock of a reservation back. An expired or released one stays as it is.
     *
     * @param reservation a reservation that {@link #find} returned for this caller
     * @return refusal RESERVATION_EXPIRED if it is paid
     */
    public CompletableFuture<CommandResult<Reservation>> release(Caller caller, Reservation reservation) {
        return release(reservation, caller.operatorName());
    }

    private CompletableFuture<CommandResult<Reservation>> release(
            Reservation reservation, @Nullable String releasedBy) {
        ReleaseReservation command =
                new ReleaseReservation(reservation.userId(), reservation.reservationId(), releasedBy);
        return batches.submitReservation(command).whenComplete((result, failure) -> {
            // One that had ended before has put nothing back on sale, however often it is released.
            if (reservation.isOpen() && !(result instanceof CommandResult.Refused)) {
                soldOutProductCheck.onGivenBack(reservation.quantities().keySet(), failure);
            }
        });
    }

    /** Ends an expired reservation. The refusal RESERVATION_EXPIRED says that it has ended already. */
    CompletableFuture<CommandResult<Reservation>> expire(ExpireReservation command) {
        return batches.submitReservation(command).whenComplete((result, failure) -> {
            // After an unknown outcome the products are not known; their entries are read again soon.
            if (result instanceof CommandResult.Done<Reservation> done
                    && !done.value().isOpen()) {
                soldOutProductCheck.onGivenBack(done.value().quantities().keySet(), null);
            }
        });
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

    /** Lists the reservations of a user that can be paid, the oldest first. */
    public List<Reservation> open(long userId) {
        return reservations.findOpen(List.of(userId)).stream()
                .filter(reservation -> statusOf(reservation) == Reservation.Status.OPEN)
                .toList();
    }

    /** Returns the status of a reservation now, by the clock of the installation. */
    public Reservation.Status statusOf(Reservation reservation) {
        return reservation.statusAt(clock.instant());
    }
}
