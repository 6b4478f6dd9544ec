package kr.hhplus.commerce.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kr.hhplus.commerce.eventlog.IncarnationService.AcceptIncarnation;
import kr.hhplus.commerce.eventlog.IncarnationService.AcceptedIncarnation;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.eventlog.relay.RelayService;
import kr.hhplus.commerce.eventlog.relay.RelayStatus;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database goes back in time under a running server; an operator accepts it; readers and sinks go on. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@ApplicationModuleTest(ApplicationModuleTest.BootstrapMode.ALL_DEPENDENCIES)
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class RewoundLogModuleTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ORDER_ID = "06Y426QGC0C00";

    @TempDir
    private static Path data;

    @Autowired
    private EventsController events;

    @Autowired
    private RelayService deliveries;

    @Autowired
    private IncarnationService incarnations;

    @Autowired
    private EventLogEndpoint endpoint;

    @Autowired
    private EventLogHealthIndicator health;

    @Autowired
    private Outbox outbox;

    @Autowired
    private EventLog log;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private Clock clock;

    private final ObjectMapper json = new ObjectMapper();
    private long before;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry properties) {
        properties.add("commerce.data-dir", data::toString);
    }

    @BeforeEach
    void startAtAHead() {
        before = log.head();
    }

    private void append(int count) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> outbox.append(IntStream.range(0, count)
                        .mapToObj(order -> LogFixture.paid(order, NOON, new Line(1, 1)))
                        .toList()));
    }

    private void awaitDelivery() {
        Awaitility.await()
                .until(() -> deliveries.state(PageRequest.of(null, null)).lag() == 0);
    }

    /** Three events are appended and delivered; an older copy of the database has only the first of them. */
    private List<String> twoOfThreeEventsAreLost() throws IOException {
        append(3);
        awaitDelivery();
        List<String> ids = ids(page(position(before)));
        jdbc.update("DELETE FROM order_event WHERE position > ?", before + 1);
        jdbc.update("UPDATE feed_head SET position = ?", before + 1);
        jdbc.update("UPDATE feed_reader SET position = ? WHERE name = 'delivery'", before + 1);
        Awaitility.await().until(() -> health.health().getStatus().equals(Status.DOWN));
        return ids;
    }

    private String position(long position) {
        return log.incarnations().textAt(position);
    }

    private JsonNode page(String after) throws IOException {
        return json.readTree(events.events(after, 1000).getBody());
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("items").forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    private CommandResult.Done<AcceptedIncarnation> accept(Integer number, String key) {
        IdempotencyKey idempotencyKey = IdempotencyKey.of(Caller.UNRESTRICTED, key, "accept " + number);
        return (CommandResult.Done<AcceptedIncarnation>)
                incarnations.accept(number, "operator", idempotencyKey).join();
    }

    private void awaitUp() {
        Awaitility.await().until(() -> health.health().getStatus().equals(Status.UP));
    }

    private static Refusal refusal(ThrowingCallable call) {
        List<Refusal> refusals = new ArrayList<>();
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(RefusedException.class, refused -> refusals.add(refused.refusal()));
        return refusals.get(0);
    }

    @Test
    void stopsOrdersFeedAndDeliveryUntilItIsAccepted() throws Exception {
        twoOfThreeEventsAreLost();
        assertThatThrownBy(() -> append(1)).isInstanceOf(EventLogRewoundException.class);
        assertThat(refusal(() -> events.events(null, 1)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(registry.get("commerce.eventlog.rewound").gauge().value()).isEqualTo(1);
        Awaitility.await()
                .until(() -> deliveries.state(PageRequest.of(null, null)).state() == RelayStatus.DeliveryState.FAILING);
        assertThat(deliveries.state(PageRequest.of(null, null)).error()).contains("went back in time");
        accept(null, null);
        awaitUp();
        append(1);
        awaitDelivery();
        assertThat(registry.get("commerce.eventlog.rewound").gauge().value()).isZero();
    }

    @Test
    void givesNoIdOutTwiceAndSaysWhereToStart() throws Exception {
        List<String> ids = twoOfThreeEventsAreLost();
        AcceptedIncarnation accepted = accept(null, null).value();
        assertThat(accepted.startAfter()).isEqualTo(ids.get(0));
        awaitUp();
        append(3);
        Refusal refusal = refusal(() -> events.events(ids.get(2), 1));
        assertThat(refusal.code()).isEqualTo(ErrorCode.EVENT_LOG_REWOUND);
        assertThat(refusal.fields()).containsEntry("startAfter", ids.get(0));
        List<String> now = ids(page(ids.get(0)));
        assertThat(now).hasSize(3).doesNotContainAnyElementsOf(ids).isSorted();
        assertThat(now.get(0)).isGreaterThan(ids.get(2));
        assertThat(page(now.get(2)).path("nextCursor").asText()).isEqualTo(now.get(2));
        awaitDelivery();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(data.resolve("events").resolve("orders-2026-03-01.jsonl"))) {
            lines.add(json.readTree(line).path("id").asText());
        }
        assertThat(lines).doesNotHaveDuplicates().isSorted().containsAll(ids).containsAll(now);
    }

    @Test
    void isNotTakenForTheOneThatAnotherInstanceHasAccepted() throws Exception {
        twoOfThreeEventsAreLost();
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        AcceptIncarnation command =
                new AcceptIncarnation(null, "operator", IdempotencyKey.of(Caller.UNRESTRICTED, null, "accept null"));
        BatchResult<?> rolledBack = transaction.execute(status -> {
            status.setRollbackOnly();
            return incarnations.decide(List.of(command));
        });
        Instant decided = clock.instant();
        Awaitility.await().until(() -> clock.instant().isAfter(decided));
        accept(null, null);
        Boolean committed =
                transaction.execute(status -> rolledBack.isCommitted().getAsBoolean());
        assertThat(committed).isFalse();
        awaitUp();
    }

    @Test
    void isAcceptedOnce() throws Exception {
        twoOfThreeEventsAreLost();
        int current = log.incarnations().current().number();
        CommandResult.Done<AcceptedIncarnation> first = accept(null, "accepting");
        assertThat(first.value().incarnation()).isEqualTo(current + 1);
        assertThat(accept(null, "accepting").replayed()).isTrue();
        assertThat(accept(null, null).value()).isEqualTo(first.value());
        assertThat(accept(current + 1, null).value()).isEqualTo(first.value());
        assertThat(log.incarnations().current().number()).isEqualTo(current + 1);
        CommandResult<AcceptedIncarnation> tooFar = incarnations
                .accept(current + 3, "operator", IdempotencyKey.NONE)
                .join();
        assertThat(((CommandResult.Refused<AcceptedIncarnation>) tooFar)
                        .refusal()
                        .code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(jdbc.queryForList("SELECT who FROM trail WHERE kind = 'INCARNATION_ACCEPTED'", String.class))
                .contains("operator");
        awaitUp();
    }

    @Test
    void canBeAcceptedThroughActuator() throws Exception {
        twoOfThreeEventsAreLost();
        int current = log.incarnations().current().number();
        assertThat(endpoint.accept(org.springframework.boot.actuate.endpoint.SecurityContext.NONE)
                        .incarnation())
                .isEqualTo(current + 1);
        awaitUp();
    }

    @Test
    void canBeAcceptedByNumberWhereNothingWasNoticed() {
        int next = log.incarnations().current().number() + 1;
        append(1);
        assertThat(accept(null, null).value().incarnation()).isEqualTo(next - 1);
        assertThat(accept(next, null).value().incarnation()).isEqualTo(next);
        append(1);
        assertThat(position(log.head()))
                .startsWith(IdText.of(EventIds.of(next, 0)).substring(0, 5));
        awaitDelivery();
    }

    @Test
    void believesNoPositionThatTheLogHasNotReached() {
        append(1);
        String head = position(log.head());
        for (String cursor : List.of("7ZZZZZZZZZZZZ", ORDER_ID, position(log.head() + 1))) {
            Refusal refusal = refusal(() -> events.events(cursor, 1));
            assertThat(refusal.code()).as(cursor).isEqualTo(ErrorCode.INVALID_CURSOR);
            assertThat(refusal.fields()).as(cursor).containsEntry("head", head);
            assertThat(refusal(() -> deliveries.replay(cursor, Caller.UNRESTRICTED, null))
                            .code())
                    .as(cursor)
                    .isEqualTo(ErrorCode.INVALID_REQUEST);
        }
    }

    @Test
    void replaysByIdsOfThisLogAlone() throws Exception {
        List<String> ids = twoOfThreeEventsAreLost();
        accept(null, null);
        awaitUp();
        append(2);
        awaitDelivery();
        assertThat(refusal(() -> deliveries.replay(ids.get(2), Caller.UNRESTRICTED, null))
                        .code())
                .isEqualTo(ErrorCode.EVENT_LOG_REWOUND);
        CommandResult.Done<RelayStatus.Replay> replay = (CommandResult.Done<RelayStatus.Replay>)
                deliveries.replay(ids.get(0), Caller.UNRESTRICTED, null).join();
        assertThat(replay.value().from()).isEqualTo(ids.get(0));
        assertThat(replay.value().to()).isEqualTo(position(log.head()));
    }
}
