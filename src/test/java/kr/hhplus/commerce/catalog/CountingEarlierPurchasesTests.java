package kr.hhplus.commerce.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kr.hhplus.commerce.catalog.PurchaseCounts.PurchaseKey;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.NewEvent;
import kr.hhplus.commerce.kernel.json.StoredJson;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** However the scan is interrupted, and however many instances work on it, each earlier order counts once. */
@OnDatabase
class CountingEarlierPurchasesTests {

    private static final int EVENTS = 3_500;

    private final LogFixture fixture = new LogFixture();
    private final PurchaseCounts counts = new PurchaseCounts(JdbcClient.create(fixture.jdbc), fixture.jdbc);
    private final Products products = new Products(JdbcClient.create(fixture.jdbc), null);
    private final PurchaseScan scan = scan();
    private final List<NewEvent> events = new ArrayList<>();

    private PurchaseScan scan() {
        return new PurchaseScan(counts, products, fixture.log, fixture.transactions, new StoredJson());
    }

    private record Line(long productId, long quantity) {}

    @BeforeEach
    void aShopThatHasSold() {
        for (int id = 1; id <= 3; id++) {
            fixture.jdbc.update("""
                    INSERT INTO product (id, name, price, stock, purchase_limit, created_at, purchase_counting)
                    VALUES (?, 'p', 1, 1, 5, '2026-01-01 00:00:00', 'COUNTING')
                    """, id);
        }
        Random random = new Random(17);
        for (int i = 0; i < EVENTS; i++) {
            List<Line> lines = List.of(new Line(1 + random.nextInt(4), 1 + random.nextInt(3)), new Line(5, 1));
            events.add(event(random.nextInt(4) == 0 ? "OrderCancelled" : "OrderPaid", random.nextInt(50), i, lines));
        }
        fixture.append(events.toArray(NewEvent[]::new));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static NewEvent event(String type, long user, long order, List<Line> lines) {
        String items = String.join(
                ",",
                lines.stream()
                        .map(line -> "{\"productId\":" + line.productId() + ",\"name\":\"p\",\"quantity\":"
                                + line.quantity() + "}")
                        .toList());
        return new NewEvent(
                type, user, order, Instant.EPOCH, id -> "{\"id\":\"" + id + "\",\"data\":{\"items\":[" + items + "]}}");
    }

    @Test
    void addsEventsUpToItsEndAndNoneBehind() {
        counts.openScan(1, 3_001);
        counts.openScan(2, 1_700);
        counts.openScan(3, 0);

        while (scan.step()) {}

        assertThat(counted()).isEqualTo(addedUp(Map.of(1L, 3_001, 2L, 1_700, 3L, 0)));
        assertThat(counts.scans()).isEmpty();
        assertThat(states()).containsExactly("COUNTED", "COUNTED", "COUNTED");
    }

    @Test
    void takesUpAProductThatComesLater() {
        counts.openScan(1, EVENTS);
        scan.step();
        counts.openScan(2, EVENTS);
        scan.step();
        counts.openScan(3, EVENTS);

        while (scan.step()) {}

        assertThat(counted()).isEqualTo(addedUp(Map.of(1L, EVENTS, 2L, EVENTS, 3L, EVENTS)));
        assertThat(states()).containsOnly("COUNTED");
    }

    @Test
    void goesOnWhereACrashLeftIt() {
        counts.openScan(1, EVENTS);
        while (!counts.scans().isEmpty()) {
            fixture.transaction.executeWithoutResult(status -> {
                scan().step();
                status.setRollbackOnly();
            });
            assertThat(states()).startsWith(counts.scans().isEmpty() ? "COUNTED" : "COUNTING");
            scan().step();
        }

        assertThat(counted()).isEqualTo(addedUp(Map.of(1L, EVENTS)));
        assertThat(states()).containsExactly("COUNTED", "COUNTING", "COUNTING");
    }

    @Test
    void isSharedByInstances() {
        counts.openScan(1, EVENTS);
        counts.openScan(2, EVENTS);

        CompletableFuture<?>[] instances = Stream.generate(this::scan)
                .limit(4)
                .map(instance -> CompletableFuture.runAsync(() -> {
                    while (!counts.scans().isEmpty()) {
                        instance.step();
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(instances).join();

        assertThat(counted()).isEqualTo(addedUp(Map.of(1L, EVENTS, 2L, EVENTS)));
        assertThat(states()).containsExactly("COUNTED", "COUNTED", "COUNTING");
    }

    @Test
    void writesAFewRowsPerTransaction() {
        List<Line> lines =
                LongStream.rangeClosed(1, 100).mapToObj(id -> new Line(id, 1)).toList();
        LongStream.range(0, 30).forEach(i -> fixture.append(event("OrderPaid", 1_000 + i, EVENTS + i, lines)));
        LongStream.rangeClosed(1, 100).forEach(id -> counts.openScan(id, EVENTS + 30));
        int before = 0;
        while (scan.step()) {
            int rows = fixture.jdbc.queryForObject("SELECT COUNT(*) FROM purchase_count", Integer.class);
            assertThat(rows - before).isLessThanOrEqualTo(PurchaseScan.ROWS_MAX + 100);
            before = rows;
        }
        assertThat(fixture.jdbc.queryForObject(
                        "SELECT COUNT(*) FROM purchase_count WHERE user_id >= 1000 AND quantity = 1", Integer.class))
                .isEqualTo(3_000);
    }

    @Test
    void goesOnWhileAnotherSessionHoldsAProduct() throws SQLException {
        counts.openScan(1, 0);
        counts.openScan(2, EVENTS);
        counts.openScan(3, 0);
        try (Connection other = fixture.jdbc.getDataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT id FROM product WHERE id = 1 FOR UPDATE");

            assertThat(scan.step()).isTrue();

            assertThat(counts.scans())
                    .extracting(PurchaseCounts.Scan::productId, PurchaseCounts.Scan::position)
                    .containsExactlyInAnyOrder(tuple(1L, 0L), tuple(2L, 1_000L));
            other.rollback();
        }
        while (scan.step()) {}
        assertThat(counted()).isEqualTo(addedUp(Map.of(2L, EVENTS)));
        assertThat(states()).containsExactly("COUNTED", "COUNTED", "COUNTED");
    }

    private List<String> states() {
        return fixture.jdbc.queryForList("SELECT purchase_counting FROM product ORDER BY id", String.class);
    }

    private Map<PurchaseKey, Long> counted() {
        Map<PurchaseKey, Long> counted = new TreeMap<>();
        fixture.jdbc.query("SELECT * FROM purchase_count WHERE quantity <> 0", row -> {
            counted.put(new PurchaseKey(row.getLong("user_id"), row.getLong("product_id")), row.getLong("quantity"));
        });
        return counted;
    }

    /** @param until the last position that counts, by product */
    private Map<PurchaseKey, Long> addedUp(Map<Long, Integer> until) {
        Map<PurchaseKey, Long> sums = new TreeMap<>();
        for (int position = 1; position <= EVENTS; position++) {
            NewEvent event = events.get(position - 1);
            String body = event.body().apply("");
            for (long product : until.keySet()) {
                String found = "\"productId\":" + product + ",\"name\":\"p\",\"quantity\":";
                int at = body.indexOf(found);
                if (at >= 0 && position <= until.get(product)) {
                    long pieces = Character.digit(body.charAt(at + found.length()), 10);
                    sums.merge(
                            new PurchaseKey(event.userId(), product),
                            event.type().equals("OrderPaid") ? pieces : -pieces,
                            Long::sum);
                }
            }
        }
        sums.values().removeIf(pieces -> pieces == 0);
        return sums;
    }
}
