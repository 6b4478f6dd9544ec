package kr.hhplus.commerce.reconciliation;

import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the items of the open reservations. */
final class HeldPieces {

    private static final int ROWS_PER_QUERY = 10_000;

    private HeldPieces() {}

    interface Sink {
        /** @param counted whether the purchase counts contain the pieces */
        void accept(long userId, long productId, long quantity, boolean counted);
    }

    static void read(JdbcTemplate jdbc, Sink sink) {
        String select = """
                SELECT r.id, r.user_id, i.product_id, i.quantity, i.counted
                FROM reservation r JOIN reservation_item i ON i.reservation_id = r.id
                WHERE r.status = 'OPEN' AND r.id\s""";
        KeysetScan.scanGroups(
                jdbc,
                select + "> ? ORDER BY r.id, i.product_id",
                select + "= ? AND i.product_id > ? ORDER BY i.product_id",
                ROWS_PER_QUERY,
                row -> {
                    long product = row.getLong("product_id");
                    sink.accept(row.getLong("user_id"), product, row.getLong("quantity"), row.getBoolean("counted"));
                    return new Object[] {row.getLong("id"), product};
                });
    }
}
