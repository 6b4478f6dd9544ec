package kr.hhplus.commerce.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@OnDatabase
class JdbcRowsTests {

    private static final String EVENTS = "order_event (position, type, user_id, order_id, occurred_at, body)";
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.045Z");

    private final HikariDataSource pool = TestDatabase.migrated();
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);

    private enum Type {
        PAYMENT
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static JdbcRows event(JdbcRows rows, long position, String body) {
        return rows.row()
                .numbers(position)
                .text("OrderPaid")
                .numbers(-1)
                .numbers(Long.MAX_VALUE)
                .time(TIME.plusMillis(position))
                .text(body);
    }

    private List<String> bodies() {
        return jdbc.queryForList("SELECT body FROM order_event ORDER BY position", String.class);
    }

    @Test
    void writesEachValueAsItIs() {
        String[] bodies = {
            "it's \"quoted\", \\ and 100% ? :name",
            "한라봉 🍊",
            "line\nnext\ttab\u0001",
            "'); DROP TABLE orders; --",
            "",
            "a\\b\\",
            "{d \"x\"} ? {fn now()} -- :id /* */"
        };
        JdbcRows together = new JdbcRows(jdbc, EVENTS);
        for (int i = 0; i < bodies.length; i++) {
            event(new JdbcRows(jdbc, EVENTS), i + 1, bodies[i]).execute();
            event(together, bodies.length + i + 1, bodies[i]);
        }
        together.execute();
        assertThat(bodies().subList(0, bodies.length)).containsExactly(bodies);
        assertThat(bodies().subList(bodies.length, 2 * bodies.length)).containsExactly(bodies);
        Map<String, Object> second = jdbc.queryForMap("SELECT * FROM order_event WHERE position = 2");
        assertThat(second).containsEntry("type", "OrderPaid").containsEntry("user_id", -1L);
        assertThat(second).containsEntry("order_id", Long.MAX_VALUE);
        assertThat(jdbc.queryForObject("SELECT occurred_at FROM order_event WHERE position = 2", LocalDateTime.class))
                .isEqualTo(LocalDateTime.parse("2026-03-01T12:00:00.047"));
    }

    @Test
    void writesNamesBytesAndNothing() {
        byte[] bytes = {0, '\'', '\\', (byte) 0xff, 'x', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9};
        new JdbcRows(jdbc, "idempotency_key (user_id, idem_key, fingerprint, answer, created_at)")
                .row()
                .numbers(7)
                .bytes("a-key".getBytes(StandardCharsets.US_ASCII))
                .bytes(bytes)
                .text("{}")
                .time(TIME)
                .execute();
        assertThat(jdbc.queryForObject("SELECT fingerprint FROM idempotency_key", byte[].class))
                .isEqualTo(bytes);
        new JdbcRows(jdbc, "ledger_entry (user_id, entry_no, id, type, amount, balance_after, order_id, created_at)")
                .row()
                .numbers(7)
                .numbers(1)
                .numbers(2)
                .name(Type.PAYMENT)
                .numbers(-3)
                .numbers(4)
                .numberOrNull(null)
                .time(TIME)
                .execute();
        assertThat(jdbc.queryForMap("SELECT * FROM ledger_entry"))
                .containsEntry("type", "PAYMENT")
                .containsEntry("order_id", null);
    }

    @Test
    void saysWhatIsToBeDoneAboutRowsThatAreThere() {
        for (long balance = 1; balance <= 2; balance++) {
            new JdbcRows(
                            jdbc,
                            "wallet (user_id, balance, entries)",
                            "ON DUPLICATE KEY UPDATE balance = VALUES(balance)")
                    .row()
                    .numbers(7)
                    .numbers(balance)
                    .numbers(balance)
                    .execute();
        }
        assertThat(jdbc.queryForMap("SELECT * FROM wallet"))
                .containsEntry("balance", 2L)
                .containsEntry("entries", 1L);
    }

    @Test
    void writesNothingWithoutRows() {
        JdbcRows rows = new JdbcRows(jdbc, "no_such_table (x)");
        rows.execute();
        event(rows = new JdbcRows(jdbc, EVENTS), 1, "once").execute();
        rows.execute();
        assertThat(bodies()).containsExactly("once");
    }

    @Test
    void writesMoreThanFitsIntoOneStatement() {
        String large = "'\"\\".repeat(30_000);
        JdbcRows rows = new JdbcRows(jdbc, EVENTS);
        for (int i = 1; i <= 12; i++) {
            event(rows, i, i + large);
        }
        assertThat(bodies())
                .as("written on the way, so that no statement grows without end")
                .isNotEmpty();
        rows.execute();
        assertThat(bodies()).hasSize(12).allMatch(body -> body.endsWith(large));
    }
}
