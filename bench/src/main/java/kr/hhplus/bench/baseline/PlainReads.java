package kr.hhplus.bench.baseline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads as in textbooks: one query each. Best sellers come from an empty table. */
@Component
class PlainReads {

    private final JdbcTemplate jdbc;

    PlainReads(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    record Product(long productId, String name, long price, String currency, long stock, String description) {}

    Product product(long id) {
        return PlainController.only(
                jdbc.query("SELECT * FROM product WHERE id = ?", PlainReads::product, id), "PRODUCT_NOT_FOUND");
    }

    List<Product> products(int size) {
        return jdbc.query("SELECT * FROM product ORDER BY id DESC LIMIT ?", PlainReads::product, size);
    }

    List<Product> bestSellers() {
        return jdbc.query("""
                SELECT p.* FROM (
                    SELECT product_id, SUM(quantity) AS sold FROM sales_bucket
                    WHERE span = 'D' GROUP BY product_id ORDER BY sold DESC, product_id LIMIT 5
                ) best JOIN product p ON p.id = best.product_id
                """, PlainReads::product);
    }

    long balance(long userId) {
        return PlainController.only(
                jdbc.queryForList("SELECT balance FROM wallet WHERE user_id = ?", Long.class, userId), "UNKNOWN_USER");
    }

    private static Product product(ResultSet row, int number) throws SQLException {
        return new Product(
                row.getLong("id"),
                row.getString("name"),
                row.getLong("price"),
                "KRW",
                row.getLong("stock"),
                row.getString("description"));
    }
}
