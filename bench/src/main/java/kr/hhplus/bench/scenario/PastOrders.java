package kr.hhplus.bench.scenario;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import kr.hhplus.bench.servers.Database;

/**
 * Orders of the last 30 days, written by SQL so that reconciliation finds no violation: order n is one piece of one
 * product by one user. Consumer offsets are after them, and the sales buckets include them.
 */
final class PastOrders {

    private static final int CHUNK = 250_000;
    private static final long MILLIS = 30L * 24 * 3600 * 1000;
    /** Ids carry milliseconds since 2025 above their low 22 bits. */
    private static final String EPOCH = "TIMESTAMP '2025-01-01 00:00:00'";

    private final Database database;
    private final Shop shop;

    PastOrders(Database database, Shop shop) {
        this.database = database;
        this.shop = shop;
    }

    void write(int count) {
        if (count == 0) {
            return;
        }
        if (!database.url().startsWith("jdbc:mysql:")) {
            throw new IllegalArgumentException("past orders are written into MySQL alone");
        }
        try (Connection connection =
                        DriverManager.getConnection(database.tunedUrl(), database.user(), database.password());
                Statement sql = connection.createStatement()) {
            sql.execute("SET SESSION cte_max_recursion_depth = " + CHUNK);
            sql.execute("CREATE TABLE past_n (n BIGINT NOT NULL PRIMARY KEY)");
            sql.execute("INSERT INTO past_n WITH RECURSIVE s AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM s WHERE n < "
                    + (CHUNK - 1) + ") SELECT n FROM s");
            sql.execute("CREATE TABLE past (n BIGINT NOT NULL PRIMARY KEY, id BIGINT NOT NULL, text_id VARCHAR(13)"
                    + " CHARACTER SET ascii NOT NULL, user_id BIGINT NOT NULL, round_no BIGINT NOT NULL,"
                    + " product_id BIGINT NOT NULL, at DATETIME(3) NOT NULL)");
            for (int from = 0; from < count; from += CHUNK) {
                chunk(sql, from, Math.min(CHUNK, count - from), count);
            }
            finish(sql, count);
        } catch (SQLException e) {
            throw new IllegalStateException("past orders cannot be written", e);
        }
    }

    private void chunk(Statement sql, int from, int size, int count) throws SQLException {
        sql.execute("TRUNCATE TABLE past");
        sql.execute(String.format(
                Locale.ROOT,
                """
                INSERT INTO past
                SELECT n, id, %s, user_id, round_no, product_id, at FROM (
                    SELECT n, (TIMESTAMPDIFF(MICROSECOND, %s, at) DIV 1000) * 4194304 + n %% 4096 AS id,
                           user_id, round_no, product_id, at
                    FROM (
                        SELECT n + %d AS n, 1 + (n + %d) %% %d AS user_id, (n + %d) DIV %d AS round_no,
                               %d + ((n + %d) * 7919) %% %d AS product_id,
                               TIMESTAMPADD(MICROSECOND, 1000 * FLOOR((n + %d) * %d / %d),
                                            UTC_TIMESTAMP(3) - INTERVAL 30 DAY) AS at
                        FROM past_n WHERE n < %d
                    ) numbered
                ) timed""",
                crockford("id"),
                EPOCH,
                from,
                from,
                shop.users(),
                from,
                shop.users(),
                shop.products().get(0),
                from,
                shop.products().size(),
                from,
                MILLIS,
                count,
                size));
        String items = "CONCAT('[{\"productId\":', p.id, ',\"name\":\"', p.name, '\",\"unitPrice\":', p.price,"
                + "',\"quantity\":1,\"lineAmount\":', p.price, '}]')";
        String joined = " FROM past JOIN product p ON p.id = past.product_id ORDER BY past.n";
        sql.execute("INSERT INTO orders (id, user_id, status, items, total_amount, discount_amount, paid_amount,"
                + " ordered_at) SELECT past.id, past.user_id, 'PAID', " + items + ", p.price, 0, p.price, past.at"
                + joined);
        sql.execute("INSERT INTO order_event (position, type, user_id, order_id, occurred_at, body)"
                + " SELECT past.n + 1, 'OrderPaid', past.user_id, past.id, past.at,"
                + " CONCAT('{\"specversion\":\"1.0\",\"id\":\"', " + crockford("(past.n + 1)")
                + ", '\",\"source\":\"/hhplus-ecommerce/orders\",\"type\":\"OrderPaid\",\"subject\":\"', past.text_id,"
                + " '\",\"time\":\"', " + time() + ", '\",\"datacontenttype\":\"application/json\",\"data\":"
                + "{\"orderId\":\"', past.text_id, '\",\"userId\":', past.user_id, ',\"status\":\"PAID\",\"items\":', "
                + items + ", ',\"totalAmount\":', p.price, ',\"discountAmount\":0,\"paidAmount\":', p.price,"
                + " ',\"currency\":\"KRW\",\"orderedAt\":\"', " + time() + ", '\"}}')" + joined);
        // A user's balance decreases by each order, in the order of placement.
        sql.execute(
                "INSERT INTO ledger_entry (user_id, entry_no, id, type, amount, balance_after, order_id, created_at)"
                        + " SELECT past.user_id, w.entries + ROW_NUMBER() OVER mine, past.id + 4096, 'PAYMENT', -p.price,"
                        + " w.balance - SUM(p.price) OVER mine, past.id, past.at"
                        + " FROM past JOIN product p ON p.id = past.product_id JOIN wallet w ON w.user_id = past.user_id"
                        + " WINDOW mine AS (PARTITION BY past.user_id ORDER BY past.n)");
        sql.execute("UPDATE wallet w JOIN (SELECT past.user_id, COUNT(*) AS times, SUM(p.price) AS paid FROM past"
                + " JOIN product p ON p.id = past.product_id GROUP BY past.user_id) bought"
                + " ON bought.user_id = w.user_id SET w.balance = w.balance - bought.paid,"
                + " w.entries = w.entries + bought.times");
        sql.execute("UPDATE product p JOIN (SELECT product_id, COUNT(*) AS sold FROM past GROUP BY product_id) s"
                + " ON s.product_id = p.id SET p.stock = p.stock - s.sold");
        bucket(sql, "D", "%Y-%m-%d 00:00:00", "");
        bucket(sql, "H", "%Y-%m-%d %H:00:00", "");
        bucket(sql, "M", "%Y-%m-%d %H:%i:00", " WHERE at > UTC_TIMESTAMP(3) - INTERVAL 4 DAY");
    }

    /** Minutes are written for four days: a window of three days reads them only at its ends. */
    private static void bucket(Statement sql, String span, String format, String where) throws SQLException {
        sql.execute("INSERT INTO sales_bucket (span, starts_at, product_id, quantity) SELECT '" + span
                + "', DATE_FORMAT(at, '" + format + "') AS start, product_id, COUNT(*) AS pieces FROM past" + where
                + " GROUP BY start, product_id ON DUPLICATE KEY UPDATE quantity = quantity + VALUES(quantity)");
    }

    private static String time() {
        return "DATE_FORMAT(past.at, '%Y-%m-%dT%H:%i:%s.'), LPAD(MICROSECOND(past.at) DIV 1000, 3, '0'), 'Z'";
    }

    /** A number as 13 digits of Crockford's base 32. */
    private static String crockford(String number) {
        StringBuilder digits = new StringBuilder("CONCAT(");
        for (int shift = 60; shift >= 0; shift -= 5) {
            digits.append("SUBSTR('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((")
                    .append(number)
                    .append(" >> ")
                    .append(shift)
                    .append(") & 31), 1)")
                    .append(shift > 0 ? ", " : ")");
        }
        return digits.toString();
    }

    private static void finish(Statement sql, int count) throws SQLException {
        sql.execute("UPDATE feed_head SET position = " + count + " WHERE id = 1");
        sql.execute("UPDATE feed_reader SET position = " + count + " WHERE name <> 'on-disk'");
        sql.execute("DROP TABLE past");
        sql.execute("DROP TABLE past_n");
        sql.execute("ANALYZE TABLE orders, order_event, ledger_entry, sales_bucket, wallet, product");
    }
}
