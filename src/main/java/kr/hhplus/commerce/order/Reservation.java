package kr.hhplus.commerce.order;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stock that is held for a buyer until the reservation is paid, expires or is released: exactly one of the three, once.
 *
 * @param items at most one of each product, by ascending product
 * @param expiresAt the first instant at which it can no longer be paid
 * @param endedAt when it was paid, expired or was released; null while it is open
 * @param orderId the order that paid it; null unless it is paid
 */
public record Reservation(
        long reservationId,
        long userId,
        Status status,
        List<Item> items,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable Long orderId) {

    public enum Status {
        OPEN,
        PAID,
        EXPIRED,
        RELEASED
    }

    /**
     * Pieces of one product.
     *
     * @param counted whether the purchase counts contain the pieces since they were held
     */
    public record Item(long productId, long quantity, boolean counted) {}

    boolean isOpen() {
        return status == Status.OPEN;
    }

    /** The status by the clock: an open reservation is expired from its expiry on, even if no batch has ended it. */
    public Status statusAt(Instant now) {
        return isOpen() && !now.isBefore(expiresAt) ? Status.EXPIRED : status;
    }

    /** Returns the quantity by product. */
    public SortedMap<Long, Long> quantities() {
        SortedMap<Long, Long> quantities = new TreeMap<>();
        items.forEach(item -> quantities.put(item.productId(), item.quantity()));
        return quantities;
    }

    Reservation ended(Status newStatus, @Nullable Long paidBy, Instant at) {
        return new Reservation(reservationId, userId, newStatus, items, createdAt, expiresAt, at, paidBy);
    }
}
