package kr.hhplus.commerce.kernel.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.json.StoredJson;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import kr.hhplus.commerce.kernel.time.SetClocks;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Requests that come again with their key: in one batch, in another, and at the same time. */
@OnDatabase
class FirstAnswersModuleTests {

    private static final Instant NOW = Instant.parse("2026-05-05T12:00:00Z");

    private final HikariDataSource pool = TestDatabase.migrated();
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    private final IdempotencyStore idempotencyStore = new IdempotencyStore(jdbc, new StoredJson());
    private final AtomicInteger decided = new AtomicInteger();

    private record Command(long ownerId, IdempotencyKey idempotencyKey) implements IdempotentCommand {}

    private record Value(int number) {}

    @AfterEach
    void drop() {
        pool.close();
    }

    private static Command command(long owner, String key, String request) {
        return new Command(owner, IdempotencyKey.of(Caller.UNRESTRICTED, key, request));
    }

    private List<CommandResult<Value>> decide(Command... batch) {
        return transaction.execute(status -> {
            IdempotencyStore.StoredResults known = idempotencyStore.lookUp(List.of(batch));
            List<CommandResult<Value>> decisions = List.of(batch).stream()
                    .map(command -> known.replayOrDecide(
                            command, Value.class, () -> CommandResult.done(new Value(decided.incrementAndGet()))))
                    .toList();
            idempotencyStore.save(known, NOW);
            return decisions;
        });
    }

    private static CommandResult<Value> first(int number) {
        return new CommandResult.Done<>(new Value(number), false);
    }

    private static CommandResult<Value> again(int number) {
        return new CommandResult.Done<>(new Value(number), true);
    }

    @Test
    void areReplayedInALaterBatch() {
        assertThat(decide(command(1, "k", "a"))).containsExactly(first(1));
        assertThat(decide(command(1, "k", "a"))).containsExactly(again(1));
        assertThat(decided).hasValue(1);
    }

    @Test
    void areReplayedWithinABatch() {
        assertThat(decide(command(1, "k", "a"), command(1, "k", "a"))).containsExactly(first(1), again(1));
    }

    @Test
    void areKeptApartByOwnerAndByTheCaseOfTheKey() {
        assertThat(decide(command(1, "k", "a"), command(2, "k", "a"), command(1, "K", "a")))
                .containsExactly(first(1), first(2), first(3));
        assertThat(decide(command(1, "K", "a"), command(2, "k", "a"), command(1, "k", "a")))
                .containsExactly(again(3), again(2), again(1));
    }

    @Test
    void areNotGivenToAnotherRequestWithTheSameKey() {
        CommandResult<Value> reused = CommandResult.refused(Refusal.of(ErrorCode.IDEMPOTENCY_KEY_REUSED));
        assertThat(decide(command(1, "k", "a"), command(1, "k", "b"))).containsExactly(first(1), reused);
        assertThat(decide(command(1, "k", "b"))).containsExactly(reused);
        assertThat(decide(command(1, "k", "a"))).containsExactly(again(1));
    }

    @Test
    void areMadeAnewForRequestsWithoutAKey() {
        assertThat(decide(command(1, null, "a"), command(1, null, "a"))).containsExactly(first(1), first(2));
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM idempotency_key", Integer.class))
                .isZero();
    }

    private static IdempotencyKeyPurger.Settings settings(int retentionHours) {
        return new IdempotencyKeyPurger.Settings(Duration.ofHours(retentionHours), Duration.ofMinutes(10));
    }

    @Test
    void areForgottenAfterTheirRetention() {
        PurgeCutoff cutoff = SetClocks.allAt(NOW.plus(Duration.ofHours(25)));
        decide(command(1, "k", "a"));

        new IdempotencyKeyPurger(idempotencyStore, settings(26), cutoff).purge();
        assertThat(decide(command(1, "k", "a"))).containsExactly(again(1));

        new IdempotencyKeyPurger(idempotencyStore, settings(24), cutoff).purge();
        assertThat(decide(command(1, "k", "a"))).containsExactly(first(2));
    }

    @Test
    void areNotKeptForRefusals() {
        Command command = command(1, "k", "a");
        transaction.executeWithoutResult(status -> {
            IdempotencyStore.StoredResults known = idempotencyStore.lookUp(List.of(command));
            known.replayOrDecide(
                    command, Value.class, () -> CommandResult.refused(Refusal.of(ErrorCode.INSUFFICIENT_BALANCE)));
            idempotencyStore.save(known, NOW);
        });
        assertThat(decide(command)).containsExactly(first(1));
    }

    @Test
    void areGoneWithTheTransactionThatWroteThem() {
        transaction.executeWithoutResult(status -> {
            decide(command(1, "k", "a"));
            status.setRollbackOnly();
        });
        assertThat(decide(command(1, "k", "a"))).containsExactly(first(2));
    }

    @Test
    void letOneOfTwoAtOnceThroughAndReplayItToTheOther() throws Exception {
        Command command = command(1, "k", "a");
        CountDownLatch bothHaveLooked = new CountDownLatch(2);
        AtomicInteger duplicates = new AtomicInteger();
        Runnable attempt = () -> {
            try {
                transaction.executeWithoutResult(status -> {
                    IdempotencyStore.StoredResults known = idempotencyStore.lookUp(List.of(command));
                    meet(bothHaveLooked);
                    known.replayOrDecide(
                            command, Value.class, () -> CommandResult.done(new Value(decided.incrementAndGet())));
                    idempotencyStore.save(known, NOW);
                });
            } catch (DuplicateKeyException e) {
                duplicates.incrementAndGet();
            }
        };
        CompletableFuture.allOf(CompletableFuture.runAsync(attempt), CompletableFuture.runAsync(attempt))
                .get(30, TimeUnit.SECONDS);
        assertThat(duplicates).hasValue(1);
        assertThat(decided).hasValue(2);
        assertThat(decide(command).get(0)).isIn(again(1), again(2));
    }

    @Test
    void failLoudlyWhereTheStoredOneCannotBeRead() {
        decide(command(1, "k", "a"));
        jdbc.update("UPDATE idempotency_key SET answer = 'no json'");
        assertThatThrownBy(() -> decide(command(1, "k", "a"))).isInstanceOf(IllegalStateException.class);
    }

    private static void meet(CountDownLatch latch) {
        latch.countDown();
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
