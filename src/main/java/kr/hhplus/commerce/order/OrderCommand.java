package kr.hhplus.commerce.order;

import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;
import org.jspecify.annotations.Nullable;

/** A change of a user's orders or reservations. */
sealed interface OrderCommand extends IdempotentCommand {

    long userId();

    @Override
    default long ownerId() {
        return userId();
    }

    @Override
    default @Nullable Object concurrencyKey() {
        return userId();
    }

    /**
     * What a user buys.
     *
     * @param quantities quantity by product
     * @param couponId null: no coupon
     * @param attributes kept with the order, never interpreted; null: none
     */
    record Purchase(
            long userId,
            SortedMap<Long, Long> quantities,
            @Nullable String couponId,
            @Nullable SortedMap<String, String> attributes) {}

    /**
     * Places an order.
     *
     * @param quantities quantity by product
     * @param couponId null: no coupon
     * @param attributes kept with the order, never interpreted; null: none
     */
    record PlaceOrder(
            long userId,
            SortedMap<Long, Long> quantities,
            String couponId,
            @Nullable SortedMap<String, String> attributes,
            IdempotencyKey idempotencyKey)
            implements OrderCommand {

        Purchase purchase() {
            return new Purchase(userId, quantities, couponId, attributes);
        }
    }

    /**
     * Cancels an order.
     *
     * @param userId the owner of the order
     * @param operator whether an operator cancels, whom neither fulfilment nor {@code cancel-within} binds
     * @param cancelledBy the operator or back-end that cancels for the user, for the audit log; null: no entry
     */
    record CancelOrder(long userId, long orderId, boolean operator, String cancelledBy, IdempotencyKey idempotencyKey)
            implements OrderCommand {}

    /**
     * Marks an order as fulfilled: its goods were handed over or sent.
     *
     * @param userId the owner of the order
     * @param fulfilledBy the operator or back-end that marks it, for the audit log
     */
    record FulfilOrder(long userId, long orderId, String fulfilledBy, IdempotencyKey idempotencyKey)
            implements OrderCommand {}

    /**
     * Refunds pieces of an order.
     *
     * @param userId the owner of the order
     * @param quantities quantity by product
     * @param operator whether an operator refunds, whom neither fulfilment nor {@code cancel-within} binds
     * @param restock whether the pieces can be sold again; if not, they are written off
     * @param reason null: not given
     * @param refundedBy the operator or back-end that refunds for the user, for the audit log; null: no entry
     */
    record RefundOrder(
            long userId,
            long orderId,
            SortedMap<Long, Long> quantities,
            boolean operator,
            boolean restock,
            @Nullable String reason,
            @Nullable String refundedBy,
            IdempotencyKey idempotencyKey)
            implements OrderCommand {}

    /**
     * Holds stock for a user.
     *
     * @param quantities quantity by product
     */
    record HoldReservation(long userId, SortedMap<Long, Long> quantities, Duration ttl, IdempotencyKey idempotencyKey)
            implements OrderCommand {}

    /** A change of an existing reservation of the user. */
    sealed interface ReservationCommand extends OrderCommand {

        long reservationId();
    }

    /**
     * Pays a reservation, which becomes an order.
     *
     * @param couponId null: no coupon
     * @param attributes null: none
     */
    record PayReservation(
            long userId,
            long reservationId,
            @Nullable String couponId,
            @Nullable SortedMap<String, String> attributes,
            IdempotencyKey idempotencyKey)
            implements ReservationCommand {}

    /**
     * Gives a reservation back before it expires. A repetition changes nothing.
     *
     * @param releasedBy the operator or back-end that releases for the user, for the audit log; null: no entry
     */
    record ReleaseReservation(
            long userId, long reservationId, @Nullable String releasedBy) implements ReservationCommand {
        @Override
        public IdempotencyKey idempotencyKey() {
            return IdempotencyKey.NONE;
        }
    }

    /** Ends a reservation that has expired, which the installation searches for. */
    record ExpireReservation(long userId, long reservationId) implements ReservationCommand {
        @Override
        public IdempotencyKey idempotencyKey() {
            return IdempotencyKey.NONE;
        }

        /** The installation sends it, so it does not count as the user's command in flight. */
        @Override
        public @Nullable Object concurrencyKey() {
            return null;
        }

        /** The user's other commands do not wait for it: a reservation that has expired is expired before it ends. */
        @Override
        public Set<Object> orderingKeys() {
            return Set.of();
        }
    }
}
