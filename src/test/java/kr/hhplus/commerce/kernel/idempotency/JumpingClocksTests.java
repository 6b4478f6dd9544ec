package kr.hhplus.commerce.kernel.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.json.StoredJson;
import kr.hhplus.commerce.kernel.time.SetClocks;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Idempotency keys that are seconds old, when a clock jumps by two days: no purge deletes one. */
@OnDatabase
class JumpingClocksTests {

    private static final Duration RETENTION = Duration.ofHours(48);
    private static final Duration TWO_DAYS = RETENTION.plusSeconds(5);

    private final HikariDataSource pool = TestDatabase.migrated();
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final IdempotencyStore idempotencyStore = new IdempotencyStore(jdbc, new StoredJson());

    private record Command(long ownerId, IdempotencyKey idempotencyKey) implements IdempotentCommand {}

    @AfterEach
    void drop() {
        pool.close();
    }

    private static Command command() {
        return new Command(7, IdempotencyKey.of(Caller.UNRESTRICTED, "k", "a"));
    }

    private void answerOnce(SetClocks instance) {
        IdempotencyStore.StoredResults known = idempotencyStore.lookUp(List.of(command()));
        known.replayOrDecide(command(), String.class, () -> CommandResult.done("first"));
        idempotencyStore.save(known, instance.clock().instant());
    }

    private CommandResult<String> answerAgain() {
        return idempotencyStore
                .lookUp(List.of(command()))
                .replayOrDecide(command(), String.class, () -> CommandResult.done("second"));
    }

    private void purge(SetClocks instance) {
        IdempotencyKeyPurger.Settings settings = new IdempotencyKeyPurger.Settings(RETENTION, Duration.ofMinutes(10));
        new IdempotencyKeyPurger(idempotencyStore, settings, instance.cutoff()).purge();
    }

    private void assertFirstAnswerIsKept() {
        assertThat(answerAgain()).isEqualTo(new CommandResult.Done<>("first", true));
    }

    /** On H2 the wall clock is the reference as well. */
    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void loseNoKeyWhenTheMachinesClockIsSet(int direction) {
        SetClocks instance = SetClocks.startedOn(jdbc, Duration.ZERO);
        answerOnce(instance);
        for (Duration shift : List.of(TWO_DAYS.multipliedBy(direction), Duration.ZERO)) {
            instance.jumpTo(shift);
            purge(instance);
            instance.synchronize(3);
            purge(instance);
        }
        assertFirstAnswerIsKept();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void loseNoKeyToAnInstanceThatStartsWithAWrongClock(int direction) {
        // Its newest row is as old as the clock is wrong, as is the key that a shop wrote just before it closed.
        answerOnce(SetClocks.startedOn(jdbc, Duration.ZERO));
        SetClocks wrong = SetClocks.startedOn(jdbc, TWO_DAYS.multipliedBy(direction));
        purge(wrong);
        wrong.synchronize(3);
        purge(wrong);
        assertFirstAnswerIsKept();
    }

    @Test
    void loseNoKeyWhenTheDatabasesClockIsSet() throws SQLException {
        assumeTrue(TestDatabase.ON_MYSQL, "H2 has no clock of its own");
        try (Connection connection = pool.getConnection()) {
            JdbcTemplate sql = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            SetClocks instance = SetClocks.startedOn(sql, Duration.ZERO);
            answerOnce(instance);
            for (String shift : List.of("+ 172805", "- 172805")) {
                sql.execute("SET timestamp = UNIX_TIMESTAMP() " + shift);
                instance.synchronize(3);
                purge(instance);
                sql.execute("SET timestamp = DEFAULT");
                instance.synchronize(3);
                purge(instance);
            }
            assertFirstAnswerIsKept();
        }
    }

    @Test
    void loseOldKeysAllTheSame() {
        SetClocks instance = SetClocks.startedOn(jdbc, Duration.ZERO);
        answerOnce(instance);
        jdbc.update("UPDATE idempotency_key SET created_at = TIMESTAMPADD(SECOND, -172805, created_at)");
        purge(instance);
        assertThat(answerAgain()).isEqualTo(new CommandResult.Done<>("second", false));
    }

    /** The wall clock has gone on and the monotonic clock has not, as after eight hours with a closed lid. */
    @Test
    void leadToTheReferencesTimeInTheEnd() {
        SetClocks instance = SetClocks.startedOn(jdbc, Duration.ZERO);
        instance.jumpTo(Duration.ofHours(8));
        assertThat(instance.offsetSeconds()).isBetween(28_798.0, 28_802.0);
        instance.synchronize(2);
        double wrong = TestDatabase.ON_MYSQL ? 28_800 : 0;
        assertThat(instance.offsetSeconds()).isBetween(wrong - 2, wrong + 2);
    }
}
