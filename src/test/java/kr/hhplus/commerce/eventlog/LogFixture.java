package kr.hhplus.commerce.eventlog;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An event log on an empty database in memory, without Spring's context, and events that look like real ones. */
public final class LogFixture implements AutoCloseable {

    /** One line of an order. */
    public record Line(long productId, long quantity) {}

    private static final String EVENT = """
            {"specversion":"1.0","id":"%s","source":"/hhplus-ecommerce/orders","type":"%s","subject":"%d",\
            "time":"%s","datacontenttype":"application/json",\
            "data":{"orderId":"%d","userId":7,"status":"PAID","items":%s,"orderedAt":"%s"}}""";

    private static final String ITEM = """
            {"productId":%d,"name":"한라봉 \\"2kg\\"","unitPrice":100,"quantity":%d,"lineAmount":%d}""";

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final HikariDataSource pool;
    public final DataSourceTransactionManager transactions;
    public final TransactionTemplate transaction;
    public final JdbcTemplate jdbc;
    public final KnownLogState known;
    public final RewindDetector rewinds;
    public final Outbox outbox;
    public final EventLog log;
    public final ConsumerOffsets offsets;

    public LogFixture() {
        this(TestDatabase.migrated());
    }

    /** @param pool of a database with the schema; closed with the fixture */
    public LogFixture(HikariDataSource pool) {
        this.pool = pool;
        transactions = new DataSourceTransactionManager(pool);
        transaction = new TransactionTemplate(transactions);
        jdbc = new JdbcTemplate(pool);
        known = new KnownLogState();
        outbox = new Outbox(jdbc, known);
        log = new EventLog(jdbc, known);
        rewinds = new RewindDetector(known, new JdbcLogState(jdbc), log, new SimpleMeterRegistry());
        offsets = new ConsumerOffsets(jdbc, Clock.systemUTC());
    }

    /** The readers' positions, seen through a template of the test's own. */
    public static ConsumerOffsets readersOn(JdbcTemplate jdbc) {
        return new ConsumerOffsets(jdbc, Clock.systemUTC());
    }

    /** Commits these events, in one transaction. */
    public void append(NewEvent... events) {
        transaction.executeWithoutResult(status -> outbox.append(List.of(events)));
    }

    public static NewEvent paid(long orderId, Instant orderedAt, Line... lines) {
        return new NewEvent(
                "OrderPaid", 7, orderId, orderedAt, body("OrderPaid", orderId, orderedAt, orderedAt, List.of(lines)));
    }

    /** A paid order of that user. */
    public static NewEvent paidBy(long userId, long orderId, Instant orderedAt) {
        return new NewEvent(
                "OrderPaid", userId, orderId, orderedAt, body("OrderPaid", orderId, orderedAt, orderedAt, List.of()));
    }

    public static NewEvent cancelled(long orderId, Instant orderedAt, Instant cancelledAt, Line... lines) {
        return new NewEvent(
                "OrderCancelled",
                7,
                orderId,
                cancelledAt,
                body("OrderCancelled", orderId, cancelledAt, orderedAt, List.of(lines)));
    }

    private static Function<String, String> body(
            String type, long orderId, Instant time, Instant orderedAt, List<Line> lines) {
        String items = lines.stream().map(LogFixture::item).collect(Collectors.joining(",", "[", "]"));
        String at = MILLIS.format(time);
        String paidAt = MILLIS.format(orderedAt);
        return id -> EVENT.formatted(id, type, orderId, at, orderId, items, paidAt);
    }

    private static String item(Line line) {
        return ITEM.formatted(line.productId(), line.quantity(), 100 * line.quantity());
    }

    @Override
    public void close() {
        pool.close();
    }
}
