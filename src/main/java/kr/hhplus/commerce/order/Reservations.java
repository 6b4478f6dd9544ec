package kr.hhplus.commerce.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.database.JdbcRows;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.order.Reservation.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores reservations. They change only under the lock of their owner's balance; every update also requires the status
 * OPEN and must find it.
 */
@Repository
class Reservations {

    private static final RowTable TABLE = new RowTable("reservation", 52, "id");

    private static final int DELETED_TOGETHER = 500;

    private final JdbcClient sql;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    Reservations(JdbcClient sql, JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.sql = sql;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The row that {@link #save} updates for a reservation that ends. */
    static RowKey rowOf(long reservationId) {
        return TABLE.row(reservationId);
    }

    Optional<Reservation> find(long reservationId) {
        return findAll(List.of(reservationId)).stream().findFirst();
    }

    /**
     * Reads the open reservations of these users, also those that have expired. Their number is limited: a hold ends
     * its user's expired ones before it is decided.
     */
    List<Reservation> findOpen(Collection<Long> userIds) {
        return userIds.isEmpty()
                ? List.of()
                : findAll(sql.sql("SELECT id FROM reservation WHERE user_id IN (:users) AND status = 'OPEN'")
                        .param("users", userIds)
                        .query(Long.class)
                        .list());
    }

    List<Reservation> findAll(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, Reservation> found = new LinkedHashMap<>();
        String select = """
                SELECT r.*, i.product_id, i.quantity, i.counted
                FROM reservation r JOIN reservation_item i ON i.reservation_id = r.id
                WHERE r.id IN (:ids) ORDER BY r.id, i.product_id""";
        sql.sql(select).param("ids", ids).query(row -> {
            Reservation reservation = found.get(row.getLong("id"));
            if (reservation == null) {
                reservation = reservation(row);
                found.put(reservation.reservationId(), reservation);
            }
            reservation
                    .items()
                    .add(new Reservation.Item(
                            row.getLong("product_id"), row.getLong("quantity"), row.getBoolean("counted")));
        });
        return List.copyOf(found.values());
    }

    /** An open reservation that has expired. */
    record Due(long reservationId, long userId, Instant expiresAt) {

        /** Sorts before every row. */
        static final Due FIRST = new Due(0, 0, Instant.EPOCH);
    }

    /**
     * Lists open reservations that have expired, the longest expired first, without locks.
     *
     * @param after the list continues after this one
     */
    List<Due> due(Instant now, Due after, int limit) {
        String due = """
                SELECT id, user_id, expires_at FROM reservation WHERE status = 'OPEN' AND expires_at <= :now
                AND expires_at >= :after AND (expires_at > :after OR id > :id) ORDER BY expires_at, id LIMIT :limit""";
        return sql.sql(due)
                .param("now", Utc.toColumn(now))
                .param("after", Utc.toColumn(after.expiresAt()))
                .param("id", after.reservationId())
                .param("limit", limit)
                .query((row, number) -> new Due(row.getLong("id"), row.getLong("user_id"), time(row, "expires_at")))
                .list();
    }

    /** Returns whether this new reservation is committed. Waits for a transaction that is still writing it. */
    boolean isCommitted(Reservation created) {
        return sql.sql("SELECT id FROM reservation WHERE id = ? FOR UPDATE")
                .param(created.reservationId())
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /**
     * Returns whether these reservations have ended at this time. Waits for a transaction that is still writing them.
     */
    boolean haveEnded(Collection<Reservation> ended, Instant at) {
        List<Long> ids = ended.stream().map(Reservation::reservationId).sorted().toList();
        return sql.sql("SELECT id FROM reservation" + RowTable.BY_KEY
                                + " WHERE id IN (:ids) AND ended_at = :at FOR UPDATE")
                        .param("ids", ids)
                        .param("at", Utc.toColumn(at))
                        .query(Long.class)
                        .list()
                        .size()
                == ids.size();
    }

    /** Writes the changes of a batch, in its transaction. */
    void save(BatchReservations batch, Instant now) {
        insert(batch.created());
        for (Status status : List.of(Status.PAID, Status.EXPIRED, Status.RELEASED)) {
            end(batch.ended(), status, now);
        }
        linkOrders(batch.ended());
    }

    private void insert(List<Reservation> created) {
        JdbcRows rows = new JdbcRows(jdbc, "reservation (id, user_id, status, created_at, expires_at)");
        for (Reservation reservation : created) {
            rows.row()
                    .numbers(reservation.reservationId(), reservation.userId())
                    .name(reservation.status());
            rows.time(reservation.createdAt()).time(reservation.expiresAt());
        }
        rows.execute();
        JdbcRows items = new JdbcRows(jdbc, "reservation_item (reservation_id, product_id, quantity, counted)");
        created.forEach(reservation -> reservation.items().forEach(item -> items.row()
                .numbers(reservation.reservationId(), item.productId(), item.quantity(), item.counted() ? 1 : 0)));
        items.execute();
    }

    private void end(List<Reservation> ended, Status status, Instant now) {
        List<Long> ids = ended.stream()
                .filter(reservation -> reservation.status() == status)
                .map(Reservation::reservationId)
                .sorted()
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        int rows = sql.sql("UPDATE reservation" + RowTable.BY_KEY
                        + " SET status = :status, ended_at = :now WHERE id IN (:ids) AND status = 'OPEN'")
                .param("status", status.name())
                .param("now", Utc.toColumn(now))
                .param("ids", ids)
                .update();
        if (rows != ids.size()) {
            throw new IllegalStateException("ended " + rows + " reservations instead of " + ids);
        }
    }

    private void linkOrders(List<Reservation> ended) {
        List<Object[]> paid = ended.stream()
                .filter(reservation -> reservation.status() == Status.PAID)
                .map(reservation -> new Object[] {reservation.orderId(), reservation.reservationId()})
                .toList();
        if (!paid.isEmpty()) {
            jdbc.batchUpdate("UPDATE reservation SET order_id = ? WHERE id = ?", paid);
        }
    }

    /**
     * Deletes some reservations that were released or have expired. Those that were paid are kept, as orders are.
     *
     * @param before they could not be paid from this time on, or earlier
     * @return whether there may be more
     */
    boolean deleteEnded(Instant before) {
        return deleteEnded(Status.EXPIRED, before) | deleteEnded(Status.RELEASED, before);
    }

    private boolean deleteEnded(Status status, Instant before) {
        return Boolean.TRUE.equals(transaction.execute(unused -> {
            String select = """
                    SELECT id FROM reservation WHERE status = :status AND expires_at < :before
                    ORDER BY expires_at LIMIT :limit""";
            List<Long> ids = sql.sql(select)
                    .param("status", status.name())
                    .param("before", Utc.toColumn(before))
                    .param("limit", DELETED_TOGETHER)
                    .query(Long.class)
                    .list();
            if (!ids.isEmpty()) {
                sql.sql("DELETE FROM reservation WHERE id IN (:ids)")
                        .param("ids", ids)
                        .update();
                sql.sql("DELETE FROM reservation_item WHERE reservation_id IN (:ids)")
                        .param("ids", ids)
                        .update();
            }
            return ids.size() == DELETED_TOGETHER;
        }));
    }

    private static Reservation reservation(ResultSet row) throws SQLException {
        return new Reservation(
                row.getLong("id"),
                row.getLong("user_id"),
                Status.valueOf(row.getString("status")),
                new ArrayList<>(),
                time(row, "created_at"),
                time(row, "expires_at"),
                time(row, "ended_at"),
                row.getObject("order_id", Long.class));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Utc.fromColumn(row.getObject(column, LocalDateTime.class));
    }
}
