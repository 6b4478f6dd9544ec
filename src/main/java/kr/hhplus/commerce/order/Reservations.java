package kr.hhplus.commerce.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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

/**
 * Stores reservations. They change only under the lock of their owner's balance; every update also requires the status
 * OPEN and must find it.
 */
@Repository
class Reservations {

    private static final RowTable TABLE = new RowTable("reservation", 52, "id");

    private final JdbcClient sql;
    private final JdbcTemplate jdbc;

    Reservations(JdbcClient sql, JdbcTemplate jdbc) {
        this.sql = sql;
        this.jdbc = jdbc;
    }

    /** The row that {@link #save} updates for a reservation that ends. */
    static RowKey rowOf(long reservationId) {
        return TABLE.row(reservationId);
    }

    Optional<Reservation> find(long reservationId) {
        return findAll(List.of(reservationId)).stream().findFirst();
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

    /** Reads the expiry of every open reservation of these users, by user and id. Their number is limited. */
    Map<Long, Map<Long, Instant>> expiryOfOpen(Collection<Long> userIds) {
        Map<Long, Map<Long, Instant>> expiries = new HashMap<>();
        if (!userIds.isEmpty()) {
            sql.sql("SELECT id, user_id, expires_at FROM reservation WHERE user_id IN (:users) AND status = 'OPEN'")
                    .param("users", userIds)
                    .query(row -> {
                        expiries.computeIfAbsent(row.getLong("user_id"), user -> new HashMap<>())
                                .put(row.getLong("id"), time(row, "expires_at"));
                    });
        }
        return expiries;
    }

    /** Lists the open reservations of a user that have not expired, in no order. */
    List<Reservation> open(long userId, Instant now) {
        return findAll(expiryOfOpen(List.of(userId)).getOrDefault(userId, Map.of()).entrySet().stream()
                .filter(open -> now.isBefore(open.getValue()))
                .map(Map.Entry::getKey)
                .toList());
    }

    /** An open reservation that has expired. */
    record Due(long reservationId, long userId) {}

    /** Lists open reservations that have expired, the longest expired first, without locks. */
    List<Due> due(Instant now, int limit) {
        String due = """
                SELECT id, user_id FROM reservation WHERE status = 'OPEN' AND expires_at <= ?
                ORDER BY expires_at LIMIT ?""";
        return sql.sql(due)
                .params(Utc.toColumn(now), limit)
                .query((row, number) -> new Due(row.getLong("id"), row.getLong("user_id")))
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

    /** Writes the changes of a batch, in its transaction. */
    void save(BatchReservations batch, Instant now) {
        insert(batch.created());
        endTogether(batch.ended(), Status.EXPIRED, now);
        endTogether(batch.ended(), Status.RELEASED, now);
        endPaid(batch.ended());
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

    private void endTogether(List<Reservation> ended, Status status, Instant now) {
        List<Long> ids = ended.stream()
                .filter(reservation -> reservation.status() == status)
                .map(Reservation::reservationId)
                .sorted()
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        int rows = sql.sql("UPDATE reservation SET status = :status, ended_at = :now WHERE id IN (:ids)"
                        + " AND status = 'OPEN'")
                .param("status", status.name())
                .param("now", Utc.toColumn(now))
                .param("ids", ids)
                .update();
        if (rows != ids.size()) {
            throw new IllegalStateException("ended " + rows + " reservations instead of " + ids);
        }
    }

    private void endPaid(List<Reservation> ended) {
        List<Reservation> paid = ended.stream()
                .filter(reservation -> reservation.status() == Status.PAID)
                .toList();
        if (paid.isEmpty()) {
            return;
        }
        int[] rows = jdbc.batchUpdate(
                "UPDATE reservation SET status = 'PAID', ended_at = ?, order_id = ? WHERE id = ? AND status = 'OPEN'",
                paid.stream()
                        .map(reservation -> new Object[] {
                            Utc.toColumn(reservation.endedAt()), reservation.orderId(), reservation.reservationId()
                        })
                        .toList());
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != 1 && rows[i] != Statement.SUCCESS_NO_INFO) {
                throw new IllegalStateException("paid " + rows[i] + " rows instead of one: " + paid.get(i));
            }
        }
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
