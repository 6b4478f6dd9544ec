package kr.hhplus.commerce.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kr.hhplus.commerce.eventlog.ConsumerOffsets;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.eventlog.NewEvent;
import kr.hhplus.commerce.kernel.json.StoredJson;
import kr.hhplus.commerce.kernel.time.SetClocks;
import kr.hhplus.commerce.testkit.Seeded;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever was ordered and cancelled, any window counts what adding up its lines one by one counts. */
@OnDatabase
class CountingSalesTests {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final long FORTY_DAYS_MILLIS = Duration.ofDays(40).toMillis();

    private record Order(long id, Instant orderedAt, boolean cancelled, List<Line> lines) {}

    @Test
    void agreesWithAddingUpTheLines() {
        Seeded.check(15, CountingSalesTests::assertAgreesWithAddingUpTheLines);
    }

    private static void assertAgreesWithAddingUpTheLines(Random random) {
        try (LogFixture fixture = new LogFixture()) {
            List<Order> orders = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                orders.add(order(i, random));
            }
            SalesAggregator aggregator = aggregator(fixture);
            for (Order order : orders) {
                fixture.append(paid(order));
                if (random.nextInt(4) == 0) {
                    aggregator.step();
                }
            }
            orders.stream().filter(Order::cancelled).forEach(order -> fixture.append(cancelled(order)));
            while (aggregator.step()) {}
            SalesBuckets buckets = new SalesBuckets(fixture.jdbc);
            for (int i = 0; i < 40; i++) {
                SalesWindow window = window(random);
                assertThat(buckets.topSellers(window, 5)).isEqualTo(addUp(orders, window, 5));
            }
        }
    }

    @Test
    void takesACancellationOffAtTheMinuteItWasPaid() {
        try (LogFixture fixture = new LogFixture()) {
            Instant paidAt = START.plus(Duration.ofDays(3));
            fixture.append(LogFixture.paid(1, paidAt, new Line(5, 2), new Line(6, 1)));
            fixture.append(LogFixture.paid(2, START, new Line(5, 1)));
            fixture.append(
                    LogFixture.cancelled(1, paidAt, paidAt.plus(Duration.ofDays(2)), new Line(5, 2), new Line(6, 1)));
            SalesAggregator aggregator = aggregator(fixture);
            aggregator.step();
            assertThat(fixture.offsets.behind(SalesAggregator.CONSUMER)).isZero();
            SalesWindow untilPaid = SalesWindow.endingAt(paidAt, Duration.ofDays(30));
            assertThat(new SalesBuckets(fixture.jdbc).topSellers(untilPaid, 5))
                    .containsExactly(new SalesBuckets.Sold(5, 1));
        }
    }

    @Test
    void goesStraightOnWhereLargeEventsComeInShorterLists() {
        try (LogFixture fixture = new LogFixture()) {
            Line[] lines = new Line[20_000];
            Arrays.setAll(lines, i -> new Line(1 + i % 5, 1));
            for (int order = 1; order <= 6; order++) {
                fixture.append(LogFixture.paid(order, START, lines));
            }
            SalesAggregator aggregator = aggregator(fixture);
            assertThat(aggregator.step()).isTrue();
            assertThat(fixture.offsets.behind(SalesAggregator.CONSUMER)).isPositive();
            assertThat(aggregator.step()).isFalse();
            assertThat(fixture.offsets.behind(SalesAggregator.CONSUMER)).isZero();
        }
    }

    @Test
    void countsAChunkOnceWhenItsTransactionFailed() {
        try (LogFixture fixture = new LogFixture()) {
            fixture.append(LogFixture.paid(1, START, new Line(5, 2)));
            SalesAggregator aggregator = aggregator(fixture);
            fixture.offsets.register(SalesAggregator.CONSUMER);
            fixture.transaction.executeWithoutResult(status -> {
                aggregator.step();
                assertThat(fixture.offsets.behind(SalesAggregator.CONSUMER)).isZero();
                status.setRollbackOnly();
            });
            while (aggregator.step()) {}
            assertThat(new SalesBuckets(fixture.jdbc).topSellers(SalesWindow.endingAt(START, Duration.ofDays(1)), 5))
                    .containsExactly(new SalesBuckets.Sold(5, 2));
        }
    }

    @Test
    void skipsWhileAnotherInstanceCounts() throws Exception {
        try (LogFixture fixture = new LogFixture()) {
            SalesAggregator mine = aggregator(fixture);
            mine.step();
            fixture.append(LogFixture.paid(1, START, new Line(5, 2)));
            fixture.transaction.executeWithoutResult(status -> {
                fixture.offsets.tryLock(SalesAggregator.CONSUMER);
                java.util.concurrent.CompletableFuture.runAsync(mine::step).join();
                assertThat(fixture.offsets.behind(SalesAggregator.CONSUMER)).isEqualTo(1);
            });
            mine.step();
            assertThat(fixture.offsets.behind(SalesAggregator.CONSUMER)).isZero();
        }
    }

    /** As TiDB does: the words are taken, the row is neither locked nor left out. */
    @Test
    void countsAChunkOnceWhereTheDatabaseIgnoresSkipLocked() {
        try (LogFixture fixture = new LogFixture()) {
            fixture.append(LogFixture.paid(1, START, new Line(5, 2)));
            fixture.offsets.register(SalesAggregator.CONSUMER);
            CyclicBarrier bothHaveRead = new CyclicBarrier(2);
            JdbcTemplate ignoring = new JdbcTemplate(Objects.requireNonNull(fixture.jdbc.getDataSource())) {
                @Override
                public <T> List<T> queryForList(String sql, Class<T> type, Object... arguments) {
                    List<T> found = super.queryForList(sql.replace(" FOR UPDATE SKIP LOCKED", ""), type, arguments);
                    if (sql.endsWith(" SKIP LOCKED")) {
                        await(bothHaveRead);
                    }
                    return found;
                }
            };
            ConsumerOffsets offsets = LogFixture.readersOn(ignoring);
            List<CompletableFuture<Boolean>> instances = Stream.generate(() -> aggregator(fixture, offsets))
                    .limit(2)
                    .map(instance -> CompletableFuture.supplyAsync(instance::step))
                    .toList();
            assertThat(instances)
                    .filteredOn(step ->
                            step.handle((more, failure) -> failure != null).join())
                    .hasSize(1);
            assertThat(fixture.offsets.behind(SalesAggregator.CONSUMER)).isZero();
            assertThat(new SalesBuckets(fixture.jdbc).topSellers(SalesWindow.endingAt(START, Duration.ofDays(1)), 5))
                    .containsExactly(new SalesBuckets.Sold(5, 2));
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void forgetsWhatNoWindowReaches() {
        try (LogFixture fixture = new LogFixture()) {
            Instant now = START.plus(Duration.ofDays(40));
            Instant oldest = now.minus(RangeRules.MAX);
            fixture.append(LogFixture.paid(1, START, new Line(5, 2)), LogFixture.paid(2, oldest, new Line(5, 1)));
            while (aggregator(fixture).step()) {}
            SalesBuckets buckets = new SalesBuckets(fixture.jdbc);
            new SalesBucketPurger(buckets, SetClocks.allAt(now)).purge();
            assertThat(fixture.jdbc.queryForObject("SELECT COUNT(*) FROM sales_bucket", Long.class))
                    .isEqualTo(3);
            assertThat(buckets.topSellers(SalesWindow.endingAt(now, RangeRules.MAX), 5))
                    .containsExactly(new SalesBuckets.Sold(5, 1));
        }
    }

    private static SalesAggregator aggregator(LogFixture fixture) {
        return aggregator(fixture, fixture.offsets);
    }

    private static SalesAggregator aggregator(LogFixture fixture, ConsumerOffsets offsets) {
        return new SalesAggregator(
                fixture.log,
                offsets,
                new SalesBuckets(fixture.jdbc),
                new StoredJson(),
                fixture.transactions,
                new SimpleMeterRegistry());
    }

    private static Order order(long id, Random random) {
        Instant orderedAt = START.plusMillis((long) (random.nextDouble() * FORTY_DAYS_MILLIS));
        List<Line> lines = new ArrayList<>();
        for (int line = 0; line <= random.nextInt(3); line++) {
            lines.add(new Line(1 + random.nextInt(6), 1 + random.nextInt(5)));
        }
        return new Order(id, orderedAt, random.nextInt(3) == 0, lines);
    }

    private static NewEvent paid(Order order) {
        return LogFixture.paid(order.id(), order.orderedAt(), order.lines().toArray(Line[]::new));
    }

    private static NewEvent cancelled(Order order) {
        Instant later = order.orderedAt().plusSeconds(100_000);
        return LogFixture.cancelled(
                order.id(), order.orderedAt(), later, order.lines().toArray(Line[]::new));
    }

    private static SalesWindow window(Random random) {
        Instant now = START.plusMillis((long) (random.nextDouble() * FORTY_DAYS_MILLIS));
        long longest = random.nextBoolean()
                ? RangeRules.MAX.toMillis()
                : Duration.ofHours(3).toMillis();
        return SalesWindow.endingAt(now, Duration.ofMillis(1 + (long) (random.nextDouble() * longest)));
    }

    private static List<SalesBuckets.Sold> addUp(List<Order> orders, SalesWindow window, int limit) {
        Map<Long, Long> sold = new TreeMap<>();
        for (Order order : orders) {
            boolean inside = !order.orderedAt().isBefore(window.from())
                    && order.orderedAt().isBefore(window.end());
            if (inside && !order.cancelled()) {
                order.lines().forEach(line -> sold.merge(line.productId(), line.quantity(), Long::sum));
            }
        }
        return sold.entrySet().stream()
                .map(entry -> new SalesBuckets.Sold(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(SalesBuckets.Sold::quantity)
                        .reversed()
                        .thenComparingLong(SalesBuckets.Sold::productId))
                .limit(limit)
                .toList();
    }
}
