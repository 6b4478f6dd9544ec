package kr.hhplus.commerce.eventlog.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two instances, one database. */
@OnDatabase
class LeaderElectionTests {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final LogFixture fixture = new LogFixture();
    private final Given given = new Given(fixture, new SimpleMeterRegistry());
    private final Platform platform = new Platform();

    @AfterEach
    void closeDatabase() {
        fixture.close();
    }

    @Test
    void leavesItToTheFirstWhileThatOneRenews() {
        LeaderElection first = election(LONG);
        LeaderElection second = election(LONG);
        first.renew();
        second.renew();
        first.renew();
        assertThat(first.isLeader()).isTrue();
        assertThat(second.isLeader()).isFalse();
        assertThat(given.leases().state().held()).isTrue();
    }

    @Test
    void letsTheNextOneInAtOnceWhenTheFirstStops() {
        LeaderElection first = election(LONG);
        LeaderElection second = election(LONG);
        first.renew();
        first.close();
        assertThat(first.isLeader()).isFalse();
        assertThat(given.leases().state().held()).isFalse();
        second.renew();
        assertThat(second.isLeader()).isTrue();
        first.close();
        second.renew();
        assertThat(second.isLeader()).as("after somebody else let go twice").isTrue();
    }

    @Test
    void lapsesForOneThatSleptAndKnowsItByItself() {
        LeaderElection sleeper = election(SHORT);
        sleeper.renew();
        await().until(() -> !sleeper.isLeader());
        LeaderElection second = election(LONG);
        second.renew();
        assertThat(second.isLeader()).isTrue();
        sleeper.renew();
        assertThat(sleeper.isLeader()).isFalse();
    }

    @Test
    void deliversWithTheWriterAlone() throws Exception {
        fixture.append(LogFixture.paid(1, Instant.parse("2026-03-01T12:00:00Z"), new Line(1, 1)));
        LeaderElection other = election(LONG);
        other.renew();
        LeaderElection election = election(LONG);
        election.renew();
        LeaderRelay relay = new LeaderRelay(election, given.relay(platform, 3), given.leases());
        assertThat(relay.step()).isFalse();
        assertThat(platform.arrived).isEmpty();
        other.close();
        election.renew();
        relay.step();
        assertThat(platform.arrived).containsExactly(1L);
    }

    @Test
    void tellsItsTroubleAndTheEndOfIt() throws Exception {
        fixture.append(LogFixture.paid(1, Instant.parse("2026-03-01T12:00:00Z"), new Line(1, 1)));
        LeaderElection election = election(LONG);
        election.renew();
        LeaderRelay relay = new LeaderRelay(election, given.relay(platform, 3), given.leases());
        platform.failuresLeft.set(2);
        assertThatThrownBy(relay::step).isInstanceOf(IOException.class);
        relay.failed();
        JdbcLeases.State failing = given.leases().state();
        assertThat(failing.error()).isEqualTo("out of reach");
        assertThat(failing.failingSince()).isNotNull();
        assertThatThrownBy(relay::step).isInstanceOf(IOException.class);
        relay.failed();
        assertThat(given.leases().state()).as("since the first failure").isEqualTo(failing);
        relay.step();
        assertThat(given.leases().state()).isEqualTo(new JdbcLeases.State(true, null, null));
    }

    private LeaderElection election(Duration lease) {
        return new LeaderElection(given.leases(), lease);
    }
}
