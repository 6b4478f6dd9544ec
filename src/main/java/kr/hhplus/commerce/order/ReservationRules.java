package kr.hhplus.commerce.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.order.OrderCommand.ExpireReservation;
import kr.hhplus.commerce.order.OrderCommand.HoldReservation;
import kr.hhplus.commerce.order.OrderCommand.PayReservation;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.order.OrderCommand.ReleaseReservation;
import kr.hhplus.commerce.order.OrderRefusal.ReservationExpired;
import kr.hhplus.commerce.order.OrderRefusal.ReservationLimitExceeded;
import kr.hhplus.commerce.order.Reservation.Status;

/** Decides reservations. Checks all refusals in the order of the error codes before it changes anything. */
final class ReservationRules {

    private ReservationRules() {}

    /** Holds stock for a user. The pieces count as bought for the purchase limit until the reservation ends. */
    static CommandResult<Reservation> hold(
            HoldReservation command, OrderBatch batch, ReservationProperties limits, long id, Instant now) {
        PlaceOrder order = new PlaceOrder(command.userId(), command.quantities(), null, null, IdempotencyKey.NONE);
        Optional<Refusal> refusal = OrderRules.checkBeforeStock(order, batch, now)
                .or(() -> checkOpen(command.userId(), batch, limits, now))
                .or(() -> OrderRules.eachProduct(
                        order, (productId, quantity) -> checkHeld(batch, productId, quantity, limits)))
                .or(() -> OrderRules.checkStock(order, batch));
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
            OrderBatch batch, long productId, long quantity, ReservationProperties limits) {
        boolean reservable =
                Boolean.TRUE.equals(batch.stock().find(productId).orElseThrow().reservable());
        long limit = reservable ? limits.heldMax() : 0;
        long available = Math.max(0, limit - batch.stock().held(productId));
        return quantity <= available
                ? Optional.empty()
                : Optional.of(new ReservationLimitExceeded(productId, limit, available, quantity));
    }

    /** Pays for the pieces of a reservation, at today's prices, as an order. */
    static CommandResult<Order> pay(PayReservation command, OrderBatch batch, long orderId, Instant now) {
        Optional<Reservation> found = batch.reservations().find(command.reservationId(), command.userId());
        PlaceOrder order = new PlaceOrder(
                command.userId(),
                found.map(Reservation::quantities).orElseGet(TreeMap::new),
                command.couponId(),
                command.attributes(),
                command.idempotencyKey());
        Optional<Refusal> refusal = batch.refusalWhilePaused()
                .or(() -> OrderRules.checkCouponExists(order, batch))
                .or(() -> checkPayable(found, now))
                .or(() -> checkUncounted(order, found.orElseThrow(), batch));
        return refusal.isPresent()
                ? CommandResult.refused(refusal.get())
                : OrderRules.pay(order, batch, orderId, now, found.get());
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
    private static Optional<Refusal> checkUncounted(PlaceOrder order, Reservation reservation, OrderBatch batch) {
        return reservation.items().stream()
                .filter(item -> !item.counted())
                .map(item -> OrderRules.checkPurchaseLimit(order.userId(), batch, item.productId(), item.quantity()))
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

    /** Gives the pieces of an expired reservation back, once. Any other reservation stays as it is. */
    static CommandResult<Reservation> expire(ExpireReservation command, OrderBatch batch, Instant now) {
        Optional<Reservation> found = batch.reservations().find(command.reservationId(), command.userId());
        if (found.isEmpty()) {
            return CommandResult.refused(Refusal.of(ErrorCode.RESERVATION_NOT_FOUND));
        }
        Reservation reservation = found.get();
        boolean expires = reservation.isOpen() && reservation.statusAt(now) == Status.EXPIRED;
        return CommandResult.done(expires ? batch.giveBack(reservation, Status.EXPIRED, now) : reservation);
    }
}
