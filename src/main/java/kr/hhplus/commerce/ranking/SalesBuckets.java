package kr.hhplus.commerce.ranking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kr.hhplus.commerce.kernel.database.JdbcRows;
import kr.hhplus.commerce.kernel.database.Utc;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Quantities sold by product and by minute, hour and day of payment, net of refunds and cancellations. */
@Repository
class SalesBuckets {

    private static final int DELETE_BATCH = 1_000;

    /** The quantity of a product sold in a window. */
    record Sold(long productId, long quantity) {}

    private final JdbcTemplate jdbc;

    SalesBuckets(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void add(Map<SalesAccumulator.Bucket, Long> quantities) {
        JdbcRows rows = new JdbcRows(
                jdbc,
                "sales_bucket (span, starts_at, product_id, quantity)",
                "ON DUPLICATE KEY UPDATE quantity = quantity + VALUES(quantity)");
        quantities.forEach((bucket, quantity) ->
                rows.row().text(bucket.width().code()).time(bucket.start()).numbers(bucket.productId(), quantity));
        rows.execute();
    }

    /**
     * Returns the products with a positive quantity, the most sold first, ties by product id. One statement, so one
     * snapshot.
     */
    List<Sold> topSellers(SalesWindow window, int limit) {
        List<WindowSplitter.Part> parts = WindowSplitter.split(window);
        List<Object> arguments = new ArrayList<>();
        for (WindowSplitter.Part part : parts) {
            arguments.add(part.width().code());
            arguments.add(Utc.toColumn(part.from()));
            arguments.add(Utc.toColumn(part.end()));
        }
        arguments.add(limit);
        String sums = parts.stream().map(part -> """
            SELECT product_id, SUM(quantity) AS quantity FROM sales_bucket
            WHERE span = ? AND starts_at >= ? AND starts_at < ? GROUP BY product_id
            """).collect(Collectors.joining(" UNION ALL "));
        return jdbc.query(
                """
                SELECT product_id, SUM(quantity) AS sold FROM (%s) part
                GROUP BY product_id HAVING SUM(quantity) > 0 ORDER BY sold DESC, product_id LIMIT ?
                """.formatted(sums),
                (row, i) -> new Sold(row.getLong("product_id"), row.getLong("sold")),
                arguments.toArray());
    }

    /**
     * Deletes some of the sums that started before an instant.
     *
     * @return whether more such sums may exist
     */
    boolean deleteBefore(BucketWidth width, Instant before) {
        int deleted = jdbc.update(
                "DELETE FROM sales_bucket WHERE span = ? AND starts_at < ? LIMIT " + DELETE_BATCH,
                width.code(),
                Utc.toColumn(before));
        return deleted == DELETE_BATCH;
    }
}
