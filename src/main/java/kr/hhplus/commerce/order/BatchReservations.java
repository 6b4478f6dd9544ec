package kr.hhplus.commerce.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kr.hhplus.commerce.order.Reservation.Status;

/**
 * The reservations of one batch, in memory, under the locks of their owners. Later commands of the batch see the
 * changes of earlier ones.
 */
final class BatchReservations {

    private final Map<Long, Reservation> reservations = new HashMap<>();
    private final Map<Long, Set<Long>> idsByUser = new HashMap<>();
    private final Map<Long, List<Long>> expiredIds = new HashMap<>();
    private final List<Reservation> created = new ArrayList<>();
    private final List<Reservation> ended = new ArrayList<>();

    /**
     * Creates the reservations of a batch.
     *
     * @param reservations those that commands of the batch pay or end, and the open ones of the users who reserve or
     *     pay in it
     * @param expired the open ones of these users that have expired, with their products in the batch
     */
    BatchReservations(Collection<Reservation> reservations, Collection<Reservation> expired) {
        reservations.forEach(this::put);
        expired.forEach(reservation -> expiredIds
                .computeIfAbsent(reservation.userId(), user -> new ArrayList<>())
                .add(reservation.reservationId()));
    }

    static BatchReservations none() {
        return new BatchReservations(List.of(), List.of());
    }

    Optional<Reservation> find(long reservationId, long userId) {
        return Optional.ofNullable(reservations.get(reservationId)).filter(found -> found.userId() == userId);
    }

    /** Returns the user's reservations that had expired when the batch was locked, and have not ended. */
    List<Reservation> expiredOf(long userId) {
        return expiredIds.getOrDefault(userId, List.of()).stream()
                .map(reservations::get)
                .filter(Reservation::isOpen)
                .toList();
    }

    /** Counts the user's open reservations that have not expired. */
    long countOpen(long userId, Instant now) {
        return openOf(userId, now).count();
    }

    /** Counts the pieces of a product in the user's open reservations that have not expired. */
    long held(long userId, long productId, Instant now) {
        return openOf(userId, now)
                .mapToLong(reservation -> reservation.quantities().getOrDefault(productId, 0L))
                .sum();
    }

    private Stream<Reservation> openOf(long userId, Instant now) {
        return idsByUser.getOrDefault(userId, Set.of()).stream()
                .map(reservations::get)
                .filter(reservation -> reservation.statusAt(now) == Status.OPEN);
    }

    private void put(Reservation reservation) {
        reservations.put(reservation.reservationId(), reservation);
        idsByUser.computeIfAbsent(reservation.userId(), user -> new HashSet<>()).add(reservation.reservationId());
    }

    void add(Reservation reservation) {
        put(reservation);
        created.add(reservation);
    }

    /** Ends an open reservation. An ended one never changes again. */
    void end(Reservation reservation) {
        Reservation before = reservations.put(reservation.reservationId(), reservation);
        if (before == null || !before.isOpen() || reservation.isOpen()) {
            throw new IllegalStateException("cannot end " + before + " as " + reservation.status());
        }
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
