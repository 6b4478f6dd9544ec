package kr.hhplus.commerce.reconciliation;

import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the items of the open reservations, which are few: their number per product is limited. */
final class HeldPieces {

    private HeldPieces() {}

    interface Sink {
        /** @param counted whether the purchase counts contain the pieces */
        void accept(long userId, long productId, long quantity, boolean counted);
    }

    static void read(JdbcTemplate jdbc, Sink sink) {
        jdbc.query("""
                SELECT r.user_id, i.product_id, i.quantity, i.counted
                FROM reservation r JOIN reservation_item i ON i.reservation_id = r.id
                WHERE r.status = 'OPEN'""", row -> {
            sink.accept(
                    row.getLong("user_id"),
                    row.getLong("product_id"),
                    row.getLong("quantity"),
                    row.getBoolean("counted"));
        });
    }
}
