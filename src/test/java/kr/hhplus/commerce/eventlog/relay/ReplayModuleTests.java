package kr.hhplus.commerce.eventlog.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.eventlog.Outbox;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.eventlog.relay.JdbcReplays.Replay;
import kr.hhplus.commerce.eventlog.relay.ReplayQueue.StartReplay;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The operator's calls, on a server that delivers into files. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@ApplicationModuleTest(ApplicationModuleTest.BootstrapMode.ALL_DEPENDENCIES)
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class ReplayModuleTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private static Path data;

    @Autowired
    private RelayService relayService;

    @Autowired
    private ReplayQueue deliveries;

    @Autowired
    private JdbcReplays replays;

    @Autowired
    private Outbox outbox;

    @Autowired
    private EventLog log;

    @Autowired
    private PlatformTransactionManager transactions;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry properties) {
        properties.add("commerce.data-dir", data::toString);
    }

    @Test
    void writesAReplayIntoAFileOfItsOwn() throws Exception {
        append(5);
        long from = log.head() - 1;
        RelayStatus.Replay replay = ask(IdText.of(from), null).value();
        assertThat(replay.from()).isEqualTo(IdText.of(from));
        assertThat(replay.to()).isEqualTo(IdText.of(log.head()));
        awaitReplay();
        assertThat(Files.readAllLines(data.resolve("events").resolve("replay-" + replay.replayId() + ".jsonl")))
                .isEqualTo(bodiesAfter(from - 1));
        assertThat(Files.readAllLines(data.resolve("events").resolve("orders-2026-03-01.jsonl")))
                .as("each event once")
                .isEqualTo(bodiesAfter(0));
    }

    @Test
    void givesTheFirstAnswerAgainForItsKey() {
        append(1);
        CommandResult.Done<RelayStatus.Replay> first = ask(IdText.of(1), "again");
        CommandResult.Done<RelayStatus.Replay> second = ask(IdText.of(1), "again");
        assertThat(first.replayed()).isFalse();
        assertThat(second.value()).isEqualTo(first.value());
        assertThat(second.replayed()).isTrue();
        awaitReplay();
    }

    @Test
    void startsAtATimeAndHasNothingToDoAfterTheLastEvent() {
        append(2);
        assertThat(ask("2026-03-01T21:00:30+09:00", null).value().from()).isEqualTo(IdText.of(1));
        awaitReplay();
        assertThat(ask("2026-03-02T00:00:00Z", null).value().remaining()).isZero();
    }

    @Test
    void takesOverWhatTheOneBeforeHadStillToSend() {
        append(4);
        long head = log.head();
        replays.replace(new Replay(77, head - 3, head - 1, head - 2, NOON));
        RelayStatus.Replay next = deliveries
                .submit(new StartReplay(head, "local", IdempotencyKey.NONE))
                .thenApply(answer -> ((CommandResult.Done<RelayStatus.Replay>) answer).value())
                .join();
        assertThat(next.to()).isEqualTo(IdText.of(head));
        assertThat(List.of(IdText.of(head - 1), IdText.of(head)))
                .as("the rest of the first, where the relay has not sent it meanwhile")
                .contains(next.from());
        awaitReplay();
    }

    @Test
    void refusesWhatIsNoEventAndNoTime() {
        for (String from : List.of("yesterday", IdText.of(0), IdText.of(log.head() + 1), "2026-02-30T00:00:00Z")) {
            assertThatThrownBy(() -> ask(from, null)).isInstanceOfSatisfying(RefusedException.class, refused -> {
                assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                assertThat(((InvalidRequest) refused.refusal()).errors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.pointer()).isEqualTo("/from"));
            });
        }
    }

    @Test
    void saysHowDeliveryGoes() {
        append(1);
        Awaitility.await().untilAsserted(() -> assertThat(state().lag()).isZero());
        RelayStatus state = state();
        assertThat(state.sink()).isEqualTo("file");
        assertThat(state.state()).isEqualTo(RelayStatus.DeliveryState.DELIVERING);
        assertThat(state.position()).isEqualTo(state.head()).isEqualTo(IdText.of(log.head()));
        assertThat(state.oldestAt()).isNull();
        assertThat(state.deadLetters().items()).isEmpty();
    }

    private void append(int count) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> outbox.append(IntStream.range(0, count)
                        .mapToObj(order -> LogFixture.paid(order, NOON, new Line(1, 1)))
                        .toList()));
        Awaitility.await().until(() -> state().lag() == 0);
    }

    private RelayStatus state() {
        return relayService.state(PageRequest.of(null, null));
    }

    private CommandResult.Done<RelayStatus.Replay> ask(String from, String key) {
        return (CommandResult.Done<RelayStatus.Replay>)
                relayService.replay(from, Caller.UNRESTRICTED, key).join();
    }

    private void awaitReplay() {
        Awaitility.await().until(() -> replays.latest().isFinished());
    }

    private List<String> bodiesAfter(long position) {
        return log.after(position, 1000).stream().map(StoredEvent::body).toList();
    }
}
