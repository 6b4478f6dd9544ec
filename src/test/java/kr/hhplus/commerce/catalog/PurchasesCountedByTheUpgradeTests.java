package kr.hhplus.commerce.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database of the version before, with products that have a purchase limit and orders that were paid. */
@OnDatabase
class PurchasesCountedByTheUpgradeTests {

    private static final String INSERT = """
            INSERT INTO orders (id, user_id, status, items, total_amount, discount_amount, paid_amount, ordered_at)
            VALUES (?, ?, ?, ?, 100, 0, 100, '2026-01-01 00:00:00')
            """;

    private final HikariDataSource database = TestDatabase.create().pool(new HikariConfig());
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    @BeforeEach
    void theVersionBefore() {
        migrateTo("6");
        jdbc.update("""
                INSERT INTO product (id, name, price, stock, purchase_limit, created_at) VALUES
                (1, 'a', 1, 1, 5, '2026-01-01 00:00:00'), (2, 'b', 1, 1, NULL, '2026-01-01 00:00:00'),
                (3, 'c', 1, 1, 9, '2026-01-01 00:00:00')
                """);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void migrateTo(String version) {
        Flyway.configure().dataSource(database).target(version).load().migrate();
    }

    private static String lines(int... productsAndQuantities) {
        return IntStream.range(0, productsAndQuantities.length / 2)
                .mapToObj(i -> "{\"productId\":" + productsAndQuantities[2 * i]
                        + ",\"name\":\"감귤 \\\"2kg\\\"\",\"unitPrice\":1,\"quantity\":"
                        + productsAndQuantities[2 * i + 1]
                        + ",\"lineAmount\":1}")
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.query("SELECT * FROM purchase_count", row -> {
            counts.put(row.getLong("user_id") + " " + row.getLong("product_id"), row.getLong("quantity"));
        });
        return counts;
    }

    @Test
    void areThoseOfPaidOrdersAndOfProductsWithALimit() {
        jdbc.batchUpdate(
                INSERT,
                List.of(
                        new Object[] {10, 7, "PAID", lines(1, 2, 2, 8)},
                        new Object[] {11, 7, "CANCELLED", lines(1, 9)},
                        new Object[] {12, 7, "PAID", lines(3, 1, 1, 3)},
                        new Object[] {13, 8, "PAID", lines(3, 10)},
                        new Object[] {14, 9, "PAID", lines(2, 1)}));

        migrateTo("latest");

        assertThat(counts()).isEqualTo(Map.of("7 1", 5L, "7 3", 1L, "8 3", 10L));
        assertThat(jdbc.queryForList("SELECT purchase_counting FROM product ORDER BY id", String.class))
                .containsExactly("COUNTED", "NONE", "COUNTED");
    }

    @Test
    void areNoneWhereNoProductHasALimit() {
        jdbc.update("UPDATE product SET purchase_limit = NULL");
        jdbc.update(INSERT, 10, 7, "PAID", lines(1, 2));

        migrateTo("latest");

        assertThat(counts()).isEmpty();
        assertThat(jdbc.queryForList("SELECT DISTINCT purchase_counting FROM product", String.class))
                .containsExactly("NONE");
    }

    /** Chunks of 500: one that is not full, and two that are. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_203})
    void areAllOfThemBeyondTheOrdersReadAtOnce(int orders) {
        jdbc.batchUpdate(
                INSERT,
                IntStream.rangeClosed(1, orders)
                        .mapToObj(n -> new Object[] {n, n % 3, "PAID", lines(1, 1, 3, 2)})
                        .toList());

        migrateTo("latest");

        assertThat(jdbc.queryForObject("SELECT SUM(quantity) FROM purchase_count WHERE product_id = 1", Long.class))
                .isEqualTo(orders);
        assertThat(counts()).hasSize(6).containsEntry("0 3", 2L * (orders / 3));
    }

    @Test
    void areCountedFromTheBeginningAfterACrash() {
        jdbc.update(INSERT, 10, 7, "PAID", lines(1, 2));
        migrateTo("7");
        jdbc.update("INSERT INTO purchase_count VALUES (7, 1, 2), (9, 1, 4)");

        migrateTo("latest");

        assertThat(counts()).isEqualTo(Map.of("7 1", 2L));
    }
}
