package kr.hhplus.commerce.feed.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kr.hhplus.commerce.feed.EventLog;
import kr.hhplus.commerce.feed.LogFixture;
import kr.hhplus.commerce.feed.LogFixture.Line;
import kr.hhplus.commerce.feed.Outbox;
import kr.hhplus.commerce.feed.StoredEvent;
import kr.hhplus.commerce.feed.delivery.Deliveries.ReplayState;
import kr.hhplus.commerce.feed.delivery.Deliveries.StartReplay;
import kr.hhplus.commerce.feed.delivery.DeliveriesController.DeliveryState;
import kr.hhplus.commerce.feed.delivery.DeliveriesController.ReplayRequest;
import kr.hhplus.commerce.feed.delivery.DeliveriesController.State;
import kr.hhplus.commerce.feed.delivery.JdbcReplays.Replay;
import kr.hhplus.commerce.servers.FreshDatabase;
import kr.hhplus.commerce.servers.OnDatabase;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.shared.problem.RefusedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;
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
class AskingForReplaysModuleTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private static Path data;

    @Autowired
    private DeliveriesController controller;

    @Autowired
    private Deliveries deliveries;

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
        ReplayState replay = ask(IdText.of(from), null).getBody();
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
        ResponseEntity<ReplayState> first = ask(IdText.of(1), "again");
        ResponseEntity<ReplayState> second = ask(IdText.of(1), "again");
        assertThat(first.getStatusCode().value()).isEqualTo(202);
        assertThat(second.getBody()).isEqualTo(first.getBody());
        assertThat(second.getHeaders().getFirst("Idempotent-Replayed")).isEqualTo("true");
        awaitReplay();
    }

    @Test
    void startsAtATimeAndHasNothingToDoAfterTheLastEvent() {
        append(2);
        assertThat(ask("2026-03-01T21:00:30+09:00", null).getBody().from()).isEqualTo(IdText.of(1));
        awaitReplay();
        assertThat(ask("2026-03-02T00:00:00Z", null).getBody().remaining()).isZero();
    }

    @Test
    void takesOverWhatTheOneBeforeHadStillToSend() {
        append(4);
        long head = log.head();
        replays.replace(new Replay(77, head - 3, head - 1, head - 2, NOON));
        ReplayState next = deliveries
                .submit(new StartReplay(head, "local", RequestKey.NONE))
                .thenApply(answer -> ((Answer.Done<ReplayState>) answer).value())
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
        DeliveryState state = state();
        assertThat(state.form()).isEqualTo("file");
        assertThat(state.state()).isEqualTo(State.DELIVERING);
        assertThat(state.position()).isEqualTo(state.head()).isEqualTo(IdText.of(log.head()));
        assertThat(state.oldestAt()).isNull();
        assertThat(state.parked().items()).isEmpty();
    }

    private void append(int count) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> outbox.append(IntStream.range(0, count)
                        .mapToObj(order -> LogFixture.paid(order, NOON, new Line(1, 1)))
                        .toList()));
        Awaitility.await().until(() -> state().lag() == 0);
    }

    private DeliveryState state() {
        return controller.state(null, null);
    }

    private ResponseEntity<ReplayState> ask(String from, String key) {
        CompletableFuture<ResponseEntity<ReplayState>> answer =
                controller.replay(Caller.LOCAL, new ReplayRequest(from), key);
        return answer.join();
    }

    private void awaitReplay() {
        Awaitility.await().until(() -> replays.latest().isFinished());
    }

    private List<String> bodiesAfter(long position) {
        return log.after(position, 1000).stream().map(StoredEvent::body).toList();
    }
}
