package kr.hhplus.commerce.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reservations of one batch, in memory, under the locks of their owners. Later commands of the batch see the
 * changes of earlier ones.
 */
final class BatchReservations {

    private final Map<Long, Reservation> reservations = new HashMap<>();
    private final Map<Long, Map<Long, Instant>> expiryOfOpen = new HashMap<>();
    private final List<Reservation> created = new ArrayList<>();
    private final List<Reservation> ended = new ArrayList<>();

    /**
     * Creates the reservations of a batch.
     *
     * @param reservations those that commands of the batch pay or end
     * @param expiryOfOpen the expiry of every open reservation, by id, of the users who reserve in this batch
     */
    BatchReservations(Collection<Reservation> reservations, Map<Long, Map<Long, Instant>> expiryOfOpen) {
        reservations.forEach(reservation -> this.reservations.put(reservation.reservationId(), reservation));
        expiryOfOpen.forEach((user, expiries) -> this.expiryOfOpen.put(user, new HashMap<>(expiries)));
    }

    static BatchReservations none() {
        return new BatchReservations(List.of(), Map.of());
    }

    Optional<Reservation> find(long reservationId, long userId) {
        return Optional.ofNullable(reservations.get(reservationId)).filter(found -> found.userId() == userId);
    }

    /** Counts the user's open reservations that have not expired. */
    long countOpen(long userId, Instant now) {
        return expiryOfOpen.getOrDefault(userId, Map.of()).values().stream()
                .filter(now::isBefore)
                .count();
    }

    void add(Reservation reservation) {
        reservations.put(reservation.reservationId(), reservation);
        expiryOfOpen
                .computeIfAbsent(reservation.userId(), user -> new HashMap<>())
                .put(reservation.reservationId(), reservation.expiresAt());
        created.add(reservation);
    }

    /** Ends an open reservation. An ended one never changes again. */
    void end(Reservation reservation) {
        Reservation before = reservations.put(reservation.reservationId(), reservation);
        if (before == null || !before.isOpen() || reservation.isOpen()) {
            throw new IllegalStateException("cannot end " + before + " as " + reservation.status());
        }
        expiryOfOpen.getOrDefault(reservation.userId(), new HashMap<>()).remove(reservation.reservationId());
        ended.add(reservation);
    }

    /** Returns the new reservations, in arrival order. */
    List<Reservation> created() {
        return created;
    }

    /** Returns the reservations that this batch has ended, in arrival order. */
    List<Reservation> ended() {
        return ended;
    }

    boolean isUnchanged() {
        return created.isEmpty() && ended.isEmpty();
    }
}
