package kr.hhplus.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A server that stands still for a second. A driver that only times what it sends would lose most of that second; all
 * bounds here are lower ones, so that a slow machine cannot break them.
 */
class StallingServerTests {

    private static final int PER_SECOND = 200;
    private static final int STALL_MILLIS = 1_000;
    private static final List<Shot> SHOTS = List.of(Shot.get("/"));

    /** Everything from request 100 on waits until the stall is over. */
    private static final class Stall implements StubServer.Script {

        private long until;

        @Override
        public String answer(int request) throws InterruptedException {
            long left;
            synchronized (this) {
                if (request == 100) {
                    until = System.nanoTime() + STALL_MILLIS * 1_000_000L;
                }
                left = request < 100 ? 0 : until - System.nanoTime();
            }
            if (left > 0) {
                Thread.sleep(left / 1_000_000 + 1);
            }
            return StubServer.OK;
        }
    }

    private static LoadResult open(StubServer server, int connections) {
        return new Load(server.port(), 1)
                .open(
                        new LoadPlan(Shots.around(SHOTS), 1).drainingFor(Duration.ofSeconds(20)),
                        PER_SECOND,
                        connections,
                        Duration.ZERO,
                        Duration.ofSeconds(3));
    }

    private static void assertStallIsTold(LoadResult result) {
        Recorder.Tally all = result.all();
        // Whoever was due in the first half of the stall waited for half of it or longer.
        long waited = all.okMicros.getTotalCount() - all.okMicros.getCountBetweenValues(0, STALL_MILLIS * 500L);
        assertThat(waited).isGreaterThanOrEqualTo(PER_SECOND / 2 - 5);
        assertThat(all.okMicros.getMaxValue()).isGreaterThanOrEqualTo(STALL_MILLIS * 990L);
    }

    @Test
    void isToldToTheFullWithOneConnection() throws IOException {
        try (StubServer server = new StubServer(new Stall())) {
            assertStallIsTold(open(server, 1));
        }
    }

    @Test
    void isToldToTheFullWithManyConnections() throws IOException {
        try (StubServer server = new StubServer(new Stall())) {
            assertStallIsTold(open(server, 300));
        }
    }

    @Test
    void everyArrivalIsInTheHistogram() throws IOException {
        try (StubServer server = new StubServer(new Stall())) {
            long told = open(server, 2).all().okMicros.getTotalCount();
            assertThat(told).isBetween(3L * PER_SECOND - 2, 3L * PER_SECOND);
            assertThat(server.requests()).isBetween(3 * PER_SECOND - 2, 3 * PER_SECOND + 1);
        }
    }

    @Test
    void whoIsNeverAnsweredWaitedToTheEnd() throws IOException {
        try (StubServer server = new StubServer(request -> request <= 50 ? StubServer.OK : null)) {
            LoadResult result = new Load(server.port(), 1)
                    .open(
                            new LoadPlan(Shots.around(SHOTS), 1).drainingFor(Duration.ofSeconds(1)),
                            PER_SECOND,
                            4,
                            Duration.ZERO,
                            Duration.ofSeconds(1));
            Recorder.Tally all = result.all();
            assertThat(all.ok).isLessThanOrEqualTo(50);
            assertThat(all.unanswered).isGreaterThanOrEqualTo(PER_SECOND - 52);
            assertThat(all.ok + all.unanswered).isBetween(PER_SECOND - 2L, (long) PER_SECOND);
            assertThat(all.okMicros.getValueAtPercentile(50)).isGreaterThanOrEqualTo(1_000_000);
        }
    }

    @Test
    void closedLoopTellsOfTheOneThatHung() throws IOException {
        try (StubServer server = new StubServer(request -> request <= 50 ? StubServer.OK : null)) {
            LoadResult result = new Load(server.port(), 1)
                    .closed(
                            new LoadPlan(Shots.around(SHOTS), 1).drainingFor(Duration.ofSeconds(1)),
                            1,
                            Duration.ZERO,
                            Duration.ofSeconds(1));
            assertThat(result.all().ok).isEqualTo(50);
            assertThat(result.all().unanswered).isEqualTo(1);
            assertThat(result.all().okMicros.getMaxValue()).isGreaterThanOrEqualTo(1_000_000);
            assertThat(result.seconds()).isGreaterThanOrEqualTo(1);
        }
    }
}
