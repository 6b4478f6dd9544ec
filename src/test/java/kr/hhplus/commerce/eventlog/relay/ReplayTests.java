package kr.hhplus.commerce.eventlog.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.eventlog.relay.JdbcReplays.Replay;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that were refused, and events that are sent again, beside those that are new. */
@OnDatabase
class ReplayTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final LogFixture fixture = new LogFixture();
    private final Platform platform = new Platform();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Given given = new Given(fixture, registry);
    private final EventRelay relay = given.relay(platform, 3);

    @AfterEach
    void closeDatabase() {
        relay.close();
        fixture.close();
    }

    @Test
    void parksWhatIsRefusedAndGoesOn() throws Exception {
        orders(7);
        platform.notTaken.add(2L);
        drain();
        assertThat(platform.arrived).containsExactly(1L, 3L, 4L, 5L, 6L, 7L);
        assertThat(fixture.offsets.behind(EventRelay.CONSUMER)).isZero();
        assertThat(given.deadLetters()
                        .page(PageRequest.of(null, null), fixture.log.incarnations())
                        .items())
                .singleElement()
                .satisfies(parked -> {
                    assertThat(parked.eventId()).isEqualTo("0000000000002");
                    assertThat(parked.attempts()).isEqualTo(5);
                    assertThat(parked.error()).isEqualTo("too large");
                });
        assertThat(registry.get("commerce.eventlog.dead.letters").gauge().value())
                .isEqualTo(1);
        assertThat(registry.get("commerce.eventlog.delivered").counter().count())
                .isEqualTo(6);
        assertThat(fixture.log.after(1, 1)).as("still in the log").hasSize(1);
    }

    @Test
    void sendsAgainWhatWasParkedAndKeepsWhatIsRefusedAgain() throws Exception {
        orders(6);
        platform.notTaken.addAll(List.of(2L, 5L));
        drain();
        platform.notTaken.remove(2L);
        replay(1, 6);
        drain();
        assertThat(platform.arrivedAgain).containsExactly(1L, 2L, 3L, 4L, 6L);
        assertThat(given.deadLetters()
                        .page(PageRequest.of(null, null), fixture.log.incarnations())
                        .items())
                .singleElement()
                .satisfies(parked -> {
                    assertThat(parked.eventId()).isEqualTo("0000000000005");
                    assertThat(parked.attempts()).isEqualTo(10);
                });
    }

    @Test
    void goesOnBesideWhatIsNewAndThroughARestart() throws Exception {
        orders(10);
        drain();
        replay(2, 10);
        relay.step();
        relay.close();
        EventRelay next = given.relay(platform, 3);
        orders(4);
        platform.failuresLeft.set(1);
        try {
            next.step();
        } catch (java.io.IOException e) {
            next.failed();
        }
        next.step();
        assertThat(platform.arrived).as("live is not held up").endsWith(11L, 12L, 13L);
        while (next.step()) {}
        assertThat(platform.arrived)
                .isEqualTo(LongStream.rangeClosed(1, 14).boxed().toList());
        assertThat(platform.arrivedAgain)
                .isEqualTo(LongStream.rangeClosed(2, 10).boxed().toList());
        assertThat(given.replays().latest().isFinished()).isTrue();
    }

    @Test
    void leavesAReplayAloneThatHasTakenItsPlace() {
        Replay first = replay(1, 5);
        replay(1, 9);
        given.replays().advance(first, 5);
        assertThat(given.replays().latest().position()).isZero();
    }

    @Test
    void findsATimeALittleEarlyAndNeverLate() {
        for (int minute = 0; minute < 10; minute++) {
            fixture.append(LogFixture.paid(minute, NOON.plusSeconds(60L * minute), new Line(1, 1)));
        }
        assertThat(fixture.log.startingAt(NOON)).isEqualTo(1);
        assertThat(fixture.log.startingAt(NOON.plusSeconds(300))).isEqualTo(5);
        assertThat(fixture.log.startingAt(NOON.plusSeconds(301))).isEqualTo(6);
        assertThat(fixture.log.startingAt(NOON.plusSeconds(3600))).isEqualTo(11);
    }

    private void orders(int count) {
        for (int order = 1; order <= count; order++) {
            fixture.append(LogFixture.paid(order, NOON, new Line(1, 1)));
        }
    }

    private Replay replay(long from, long to) {
        Replay replay = new Replay(from + to, from, to, from - 1, NOON);
        given.replays().replace(replay);
        return replay;
    }

    private void drain() throws Exception {
        while (relay.step()) {}
    }
}
