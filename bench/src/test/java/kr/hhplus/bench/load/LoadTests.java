package kr.hhplus.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadTests {

    private static final Shot SHOT = Shot.get("/");
    private static final Duration LONG = Duration.ofMinutes(5);

    private static LoadPlan around() {
        return new LoadPlan(Shots.around(List.of(SHOT)), 1);
    }

    @Test
    void sendsEachOfAFiniteListOnceAndEnds() throws IOException {
        try (StubServer server = new StubServer(request -> StubServer.OK)) {
            LoadPlan plan = new LoadPlan(Shots.once(Collections.nCopies(1_000, SHOT)), 1);
            LoadResult result = new Load(server.port(), 2).closed(plan, 7, Duration.ZERO, LONG);
            assertThat(result.all().ok).isEqualTo(1_000);
            assertThat(server.requests()).isEqualTo(1_000);
        }
    }

    @Test
    void endsAtTheSuccessThatWasAskedFor() throws IOException {
        try (StubServer server = new StubServer(request -> request <= 20 ? StubServer.OK : StubServer.LATER)) {
            LoadResult result = new Load(server.port(), 1).closed(around().untilSuccesses(20), 4, Duration.ZERO, LONG);
            assertThat(result.all().ok).isEqualTo(20);
            assertThat(result.seconds()).isLessThan(LONG.toSeconds());
        }
    }

    @Test
    void whatTheWarmUpDidDoesNotCount() throws IOException {
        try (StubServer server = new StubServer(request -> StubServer.OK)) {
            LoadResult result =
                    new Load(server.port(), 1).closed(around(), 2, Duration.ofSeconds(1), Duration.ofMillis(500));
            assertThat(result.all().ok).isPositive().isLessThan(server.requests());
        }
    }

    @Test
    void clientsThatAreToldToComeBackLaterDo() throws IOException {
        try (StubServer server = new StubServer(request -> StubServer.LATER)) {
            LoadResult result = new Load(server.port(), 1)
                    .closed(around().honouringRetryAfter(), 10, Duration.ZERO, Duration.ofMillis(900));
            assertThat(result.all().overloaded).isBetween(1L, 10L);
            assertThat(result.all().ok).isZero();
            assertThat(server.requests()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void brokenConnectionsAreFailuresAndAreOpenedAgain() throws IOException {
        try (StubServer server = new StubServer(request -> request % 2 == 0 ? "" : StubServer.OK)) {
            LoadResult result = new Load(server.port(), 1).closed(around(), 1, Duration.ZERO, Duration.ofSeconds(1));
            assertThat(result.all().failed).isGreaterThan(1);
            assertThat(result.all().ok).isGreaterThan(1);
            assertThat(result.all().okMicros.getTotalCount())
                    .isGreaterThanOrEqualTo(result.all().ok + result.all().failed - 1);
        }
    }

    @Test
    void connectionsThatTheServerEndsAreNoFailures() throws IOException {
        String last = "HTTP/1.1 200 \r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
        try (StubServer server = new StubServer(request -> request % 10 == 0 ? last : StubServer.OK)) {
            LoadPlan plan = new LoadPlan(Shots.once(Collections.nCopies(100, SHOT)), 1);
            LoadResult result = new Load(server.port(), 1).closed(plan, 3, Duration.ZERO, LONG);
            assertThat(result.all().ok).isEqualTo(100);
            assertThat(result.all().failed).isZero();
        }
    }

    @Test
    void lateAnswersAreInThePercentilesAndNotInTheRate() {
        Window window = new Window();
        window.open(Duration.ZERO, Duration.ofSeconds(1));
        Recorder recorder = new Recorder(window, 1);
        long late = window.startNanos() + TimeUnit.MILLISECONDS.toNanos(900);
        recorder.answered(0, 200, late, late + TimeUnit.SECONDS.toNanos(3));
        assertThat(recorder.tally(0).ok).isZero();
        assertThat(recorder.tally(0).okMicros.getMaxValue()).isGreaterThanOrEqualTo(3_000_000);
    }

    @Test
    void sparingTheProcessorLeavesNothingOut() throws IOException {
        try (StubServer server = new StubServer(request -> StubServer.OK)) {
            LoadResult result = new Load(server.port(), 1)
                    .open(around().sparingTheProcessor(), 1_000, 10, Duration.ZERO, Duration.ofSeconds(1));
            assertThat(result.all().okMicros.getTotalCount()).isEqualTo(1_000);
        }
    }

    @Test
    void thoseWhoAskTooOftenAreCountedAmongTheRefused() throws IOException {
        String limited = "HTTP/1.1 429 \r\nContent-Length: 2\r\n\r\nno";
        try (StubServer server = new StubServer(request -> request <= 30 ? limited : StubServer.OK)) {
            LoadPlan plan = new LoadPlan(Shots.once(Collections.nCopies(100, SHOT)), 1);
            LoadResult result = new Load(server.port(), 1).closed(plan, 3, Duration.ZERO, LONG);
            assertThat(result.all().limited).isEqualTo(30);
            assertThat(result.all().refused).isEqualTo(30);
            assertThat(result.all().ok).isEqualTo(70);
        }
    }
}
