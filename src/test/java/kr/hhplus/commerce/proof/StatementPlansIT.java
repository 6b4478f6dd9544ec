package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.get;
import static kr.hhplus.commerce.testkit.Call.line;
import static kr.hhplus.commerce.testkit.Call.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Every statement that a user's or an operator's call runs, as MySQL has recorded it while the built server answered:
 * none goes through a table that grows with the sale. Statements are never copied into this test.
 */
@ExtendWith(RealServers.class)
class StatementPlansIT {

    private static final int ORDERS = 30_000;
    private static final int USERS = 3_000;
    private static final int COUPONS = 300;

    /** Beside what every user has. */
    private static final int ORDERS_OF_THE_VETERAN = 4_000;

    private static final long VETERAN = 18;

    /** The catalogue and the list of campaigns are read whole, by design; the audit is not a call that is made here. */
    private static final List<String> WHOLE_BY_DESIGN = List.of("product", "campaign");

    private static final String STATEMENTS = """
            SELECT query_sample_text AS text, MAX(sum_rows_examined DIV count_star) AS examined
            FROM performance_schema.events_statements_summary_by_digest
            WHERE schema_name = ? AND query_sample_text REGEXP '^[[:space:]]*(SELECT|UPDATE|DELETE)'
            GROUP BY text
            """;

    private static MySqlServer server;
    private static Shop shop;
    private static JdbcTemplate jdbc;
    private static String database;

    @BeforeAll
    static void aShopThatHasSoldForAMonth(@TempDir Path data) {
        server = MySqlServer.start("--performance-schema=ON", "--performance-schema-max-sql-text-length=16384");
        shop = Shop.openOn(server, 1, data, pulled -> {});
        DriverManagerDataSource source = new DriverManagerDataSource(
                "jdbc:mysql://" + server.address() + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                MySqlServer.USER,
                "");
        database = new JdbcTemplate(source)
                .queryForObject(
                        "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'shop%'",
                        String.class);
        source.setUrl(source.getUrl().replace("/?", "/" + database + "?allowMultiQueries=true&"));
        jdbc = new JdbcTemplate(source);
        fill();
    }

    @AfterAll
    static void close() {
        if (shop != null) {
            shop.close();
        }
        server.close();
    }

    private static void fill() {
        String numbers = "WITH RECURSIVE number AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM number WHERE n < %d - 1)";
        String orders = numbers.formatted(ORDERS);
        jdbc.execute("SET SESSION cte_max_recursion_depth = 1000000;"
                + "INSERT INTO product (name, price, stock, created_at) " + numbers.formatted(300)
                + " SELECT CONCAT('Product ', n), 1000, 1000000, NOW(3) FROM number;"
                + "INSERT INTO campaign (name, discount_type, discount_value, min_order_amount, total_quantity, issued,"
                + " starts_at, ends_at, coupon_valid_days, paused, created_at) " + numbers.formatted(300)
                + " SELECT CONCAT('Campaign ', n), 'FIXED', 10, 0, 100000, 0, '2020-01-01',"
                + " IF(n = 0, '2099-01-01', '2020-02-02'), 30, FALSE, NOW(3) FROM number;"
                + "INSERT INTO orders (id, user_id, status, items, total_amount, discount_amount, paid_amount,"
                + " ordered_at) " + orders + " SELECT n + 1, 1 + n % " + USERS + ", 'PAID',"
                + " '[{\"productId\":1,\"name\":\"P\",\"unitPrice\":1000,\"quantity\":1,\"lineAmount\":1000}]',"
                + " 1000, 0, 1000, '2026-01-01' FROM number;"
                // At once, so that the relay never sees events without the positions that go with them.
                + "START TRANSACTION; INSERT INTO order_event " + orders + " SELECT n + 1, 'OrderPaid', 1 + n % "
                + USERS
                + ", n + 1, '2026-01-01', '{}' FROM number;"
                + "UPDATE feed_head SET position = " + ORDERS + "; UPDATE feed_reader SET position = " + ORDERS
                + "; COMMIT;"
                + "INSERT INTO trail " + orders + " SELECT n + 1, 'SIGNED_IN', CONCAT('user ', n), 'session', '[]'"
                + " FROM number;"
                + "INSERT INTO ledger_entry " + orders + " SELECT 1 + n % " + USERS + ", 1 + n DIV " + USERS
                + ", n + 1, 'CHARGE', 100000, 100000 * (1 + n DIV " + USERS + "), NULL, '2026-01-01', NULL FROM number;"
                + "INSERT INTO wallet SELECT user_id, SUM(amount), COUNT(*) FROM ledger_entry GROUP BY user_id;"
                + "INSERT INTO coupon " + orders + " SELECT n + 1, 2 + n % " + COUPONS + ", 1 + n DIV " + COUPONS
                + ", 1 + n DIV " + COUPONS + ", NULL, '2026-01-01', '2099-01-01' FROM number;"
                + "INSERT INTO idempotency_key " + orders + " SELECT 1 + n % " + USERS
                + ", MD5(n), UNHEX(MD5(n)), '{}',"
                + " NOW(3) FROM number;"
                + "INSERT INTO sales_bucket " + orders + " SELECT 'M', NOW() - INTERVAL n DIV 10 MINUTE, 1 + n % 10, 1"
                + " FROM number;"
                + "UPDATE product SET purchase_limit = 9, purchase_counting = 'COUNTED' WHERE id = 8;"
                + fillTheVeteran());
        jdbc.queryForList("ANALYZE TABLE product, campaign, orders, order_event, ledger_entry, wallet, coupon,"
                + " idempotency_key, sales_bucket, trail, purchase_count");
        jdbc.execute("TRUNCATE performance_schema.events_statements_summary_by_digest");
    }

    private static String fillTheVeteran() {
        String orders = "WITH RECURSIVE number AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM number WHERE n < "
                + ORDERS_OF_THE_VETERAN + " - 1) SELECT ";
        return "INSERT INTO orders (id, user_id, status, items, total_amount, discount_amount, paid_amount,"
                + " ordered_at) " + orders + ORDERS + " + n + 1, " + VETERAN + ", 'PAID',"
                + " '[{\"productId\":8,\"name\":\"P\",\"unitPrice\":1000,\"quantity\":1,\"lineAmount\":1000}]',"
                + " 1000, 0, 1000, '2026-01-01' FROM number;"
                + "INSERT INTO idempotency_key " + orders + VETERAN + ", CONCAT('veteran', n), UNHEX(MD5(n)), '{}',"
                + " NOW(3) FROM number;"
                + "INSERT INTO purchase_count " + orders + VETERAN + ", 1000 + n, 1 FROM number;";
    }

    /** What goes through batches, for a user with a history longer than the rows that one execution may read. */
    private static void everyWriteOfTheVeteran(Client client) {
        client.must(Call.charge(VETERAN, 5_000).withKey("charge"));
        client.must(Call.issue(VETERAN, 1).withKey("coupon"));
        Reply placed = client.must(order(VETERAN, line(8, 2), line(9, 1)).withKey("order"));
        client.must(Call.cancel(placed.text("orderId")).withKey("cancel"));
        Reply returned = client.must(order(VETERAN, line(9, 2)));
        client.must(Call.refund(returned.text("orderId"), line(9, 1)).withKey("refund"));
        client.must(Call.limitPurchases(8, 8L));
        client.must(Call.limitPurchases(9, 8L));
        client.must(Call.changeStock(8, 1));
    }

    private static void everyCall() {
        Client client = shop.client();
        long user = 17;
        client.must(Call.charge(user, 5_000).withKey("charge"));
        client.must(Call.issue(user, 1).withKey("coupon"));
        Reply placed = client.must(order(user, line(7, 1)).withKey("order"));
        client.must(order(user, line(7, 1)).withKey("order"));
        String orderId = placed.text("orderId");
        Stream.of(
                        "/balance?userId=17",
                        "/balance/transactions?userId=17",
                        "/products?q=42",
                        "/products/7",
                        "/products/best-seller?range=1hour",
                        "/campaigns",
                        "/coupons?userId=17",
                        "/coupons?userId=17&status=USED",
                        "/coupons?userId=17&status=ISSUED",
                        "/coupons?userId=17&status=EXPIRED",
                        "/orders/" + orderId,
                        "/orders/" + orderId + "/refunds",
                        "/orders?userId=17",
                        "/events?after=" + IdText.of(ORDERS),
                        "/admin/orders",
                        "/admin/orders?userId=17",
                        "/admin/orders?userId=17&status=CANCELLED",
                        "/admin/orders?status=PAID",
                        "/admin/orders?status=CANCELLED",
                        "/admin/deliveries",
                        "/admin/trail",
                        "/admin/trail?kind=SIGNED_IN&from=2026-01-01T00:00:00Z",
                        "/admin/trail?who=local",
                        "/admin/sale")
                .forEach(path -> client.must(get(path)));
        client.must(Call.cancel(orderId).withKey("cancel"));
        everyWriteOfTheVeteran(client);
    }

    @Test
    void noCallGoesThroughAWholeTable() {
        everyCall();

        List<Map<String, Object>> statements = jdbc.queryForList(STATEMENTS, database);
        assertThat(statements).as("statements that MySQL has recorded").hasSizeGreaterThan(25);
        assertThat(statements)
                .as("rows read by one execution, where pages have 20 and tables %s", ORDERS)
                .allMatch(statement -> ((Number) statement.get("examined")).longValue() < ORDERS / 10);
        assertThat(statements.stream()
                        .map(statement -> (String) statement.get("text"))
                        .filter(StatementPlansIT::scansWhatGrows))
                .as("statements that go through a whole table or index")
                .isEmpty();
    }

    private static boolean scansWhatGrows(String statement) {
        return jdbc.queryForList("EXPLAIN FORMAT=TRADITIONAL " + statement).stream()
                .anyMatch(step -> List.of("ALL", "index").contains(String.valueOf(step.get("type")))
                        && ((Number) step.get("rows")).longValue() > ORDERS / 10
                        && !WHOLE_BY_DESIGN.contains(String.valueOf(step.get("table"))));
    }
}
