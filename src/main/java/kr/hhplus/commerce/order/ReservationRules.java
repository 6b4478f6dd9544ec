package kr.hhplus.commerce.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.order.OrderCommand.ExpireReservation;
import kr.hhplus.commerce.order.OrderCommand.HoldReservation;
import kr.hhplus.commerce.order.OrderCommand.PayReservation;
import kr.hhplus.commerce.order.OrderCommand.Purchase;
import kr.hhplus.commerce.order.OrderCommand.ReleaseReservation;
import kr.hhplus.commerce.order.OrderRefusal.ReservationExpired;
import kr.hhplus.commerce.order.OrderRefusal.ReservationLimitExceeded;
import kr.hhplus.commerce.order.Reservation.Status;

/**
 * Decides reservations. Checks all refusals in the order of the error codes before it changes anything, except that it
 * first ends the expired reservations of a user who reserves or pays.
 */
final class ReservationRules {

    private ReservationRules() {}

    /** Holds stock for a user. The pieces count as bought for the purchase limit until the reservation ends. */
    static CommandResult<Reservation> hold(
            HoldReservation command, OrderBatch batch, ReservationProperties limits, long id, Instant now) {
        endExpired(command.userId(), batch, now);
        Purchase purchase = new Purchase(command.userId(), command.quantities(), null, null);
        Optional<Refusal> refusal = OrderRules.checkBeforeStock(purchase, batch, now)
                .or(() -> checkOpen(command.userId(), batch, limits, now))
                .or(() -> OrderRules.eachProduct(
                        purchase,
                        (productId, quantity) -> checkHeld(command.userId(), batch, productId, quantity, limits, now)))
                .or(() -> OrderRules.checkStock(purchase, batch));
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        List<Reservation.Item> items = command.quantities().entrySet().stream()
                .map(line ->
                        new Reservation.Item(line.getKey(), line.getValue(), batch.countsPurchasesOf(line.getKey())))
                .toList();
        Reservation reservation =
                new Reservation(id, command.userId(), Status.OPEN, items, now, now.plus(command.ttl()), null, null);
        batch.addHeld(reservation);
        return CommandResult.done(reservation);
    }

    private static Optional<Refusal> checkOpen(
            long userId, OrderBatch batch, ReservationProperties limits, Instant now) {
        long limit = limits.enabled() ? limits.openMax() : 0;
        long available = Math.max(0, limit - batch.reservations().countOpen(userId, now));
        return available > 0 ? Optional.empty() : Optional.of(new ReservationLimitExceeded(null, limit, available, 1));
    }

    private static Optional<Refusal> checkHeld(
            long userId, OrderBatch batch, long productId, long quantity, ReservationProperties limits, Instant now) {
        boolean reservable =
                Boolean.TRUE.equals(batch.stock().find(productId).orElseThrow().reservable());
        long heldByUser = batch.reservations().held(userId, productId, now);
        return checkHeld(productId, reservable ? limits.heldMaxPerUser() : 0, heldByUser, quantity)
                .or(() -> checkHeld(productId, limits.heldMax(), batch.stock().held(productId), quantity));
    }

    private static Optional<Refusal> checkHeld(long productId, long limit, long held, long quantity) {
        long available = Math.max(0, limit - held);
        return quantity <= available
                ? Optional.empty()
                : Optional.of(new ReservationLimitExceeded(productId, limit, available, quantity));
    }

    /** Pays for the pieces of a reservation, at today's prices, as an order. */
    static CommandResult<Order> pay(PayReservation command, OrderBatch batch, long orderId, Instant now) {
        endExpired(command.userId(), batch, now);
        Optional<Reservation> found = batch.reservations().find(command.reservationId(), command.userId());
        Purchase purchase = new Purchase(
                command.userId(),
                found.map(Reservation::quantities).orElseGet(TreeMap::new),
                command.couponId(),
                command.attributes());
        Optional<Refusal> refusal = batch.refusalWhilePaused()
                .or(() -> OrderRules.checkCouponExists(purchase, batch))
                .or(() -> checkPayable(found, now))
                .or(() -> checkUncounted(purchase, found.orElseThrow(), batch));
        return refusal.isPresent()
                ? CommandResult.refused(refusal.get())
                : OrderRules.pay(purchase, batch, orderId, now, found.get());
    }

    private static Optional<Refusal> checkPayable(Optional<Reservation> found, Instant now) {
        if (found.isEmpty()) {
            return Optional.of(Refusal.of(ErrorCode.RESERVATION_NOT_FOUND));
        }
        Status status = found.get().statusAt(now);
        return status == Status.OPEN
                ? Optional.empty()
                : Optional.of(new ReservationExpired(status, found.get().orderId()));
    }

    /** Pieces that were held before the product had a purchase limit are checked now. */
    private static Optional<Refusal> checkUncounted(Purchase purchase, Reservation reservation, OrderBatch batch) {
        return reservation.items().stream()
                .filter(item -> !item.counted())
                .map(item -> OrderRules.checkPurchaseLimit(purchase.userId(), batch, item.productId(), item.quantity()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Gives the pieces of an open reservation back. One that has expired or was released stays as it is. */
    static CommandResult<Reservation> release(ReleaseReservation command, OrderBatch batch, Instant now) {
        Optional<Reservation> found = batch.reservations().find(command.reservationId(), command.userId());
        if (found.isEmpty()) {
            return CommandResult.refused(Refusal.of(ErrorCode.RESERVATION_NOT_FOUND));
        }
        Reservation reservation = found.get();
        if (reservation.status() == Status.PAID) {
            return CommandResult.refused(new ReservationExpired(Status.PAID, reservation.orderId()));
        }
        Status status = reservation.statusAt(now) == Status.EXPIRED ? Status.EXPIRED : Status.RELEASED;
        return CommandResult.done(reservation.isOpen() ? batch.giveBack(reservation, status, now) : reservation);
    }

    /** Gives the pieces of an expired reservation back. Refuses if a batch has ended it, which need not do it again. */
    static CommandResult<Reservation> expire(ExpireReservation command, OrderBatch batch, Instant now) {
        Optional<Reservation> found = batch.reservations().find(command.reservationId(), command.userId());
        if (found.isEmpty()) {
            return CommandResult.refused(Refusal.of(ErrorCode.RESERVATION_NOT_FOUND));
        }
        Reservation reservation = found.get();
        if (!reservation.isOpen()) {
            return CommandResult.refused(new ReservationExpired(reservation.status(), reservation.orderId()));
        }
        boolean expires = reservation.statusAt(now) == Status.EXPIRED;
        return CommandResult.done(expires ? batch.giveBack(reservation, Status.EXPIRED, now) : reservation);
    }

    /** Ends the user's expired reservations that no sweep has ended, so that they do not count against the user. */
    private static void endExpired(long userId, OrderBatch batch, Instant now) {
        batch.reservations().expiredOf(userId).forEach(expired -> batch.giveBack(expired, Status.EXPIRED, now));
    }
}
