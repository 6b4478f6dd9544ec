package kr.hhplus.commerce.soldout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;
import org.junit.jupiter.api.Test;

/** The sold-out cache on a manual clock: what creates an entry, how long it refuses, and what drops it. */
class SoldOutCacheTests {

    private static final int MAX = 3;
    private static final SoldOutProperties SETTINGS = new SoldOutProperties(
            Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(10), MAX, 0, 0, Duration.ofMillis(100));

    private final Set<Long> soldOut = new HashSet<>();
    private final List<Set<Long>> reads = new ArrayList<>();
    private final List<Long> broadcast = new ArrayList<>();
    private final Set<String> knownKeys = new HashSet<>();
    private Runnable meanwhile = () -> {};
    private long nanos = Long.MAX_VALUE - 1_000;
    private int refusals;

    private final SoldOutCache<String> cache = new SoldOutCache<>(
            SETTINGS,
            () -> nanos,
            this::database,
            broadcast::add,
            command -> knownKeys.contains(command.idempotencyKey().key()),
            () -> refusals++);

    private Map<Long, String> database(Set<Long> ids) {
        reads.add(ids);
        Map<Long, String> found = new HashMap<>();
        ids.stream().filter(soldOut::contains).forEach(id -> found.put(id, "product " + id));
        meanwhile.run();
        return found;
    }

    private record Wish(IdempotencyKey idempotencyKey) implements IdempotentCommand {
        @Override
        public long ownerId() {
            return 7;
        }
    }

    private boolean refuses(long id) {
        return refuses(id, IdempotencyKey.NONE);
    }

    private boolean refuses(long id, IdempotencyKey key) {
        return cache.refusalFor(id, new Wish(key), state -> Optional.of(Refusal.of(ErrorCode.INSUFFICIENT_STOCK)))
                .isPresent();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void raise(long id) {
        soldOut.add(id);
        cache.markForCheck(id);
        cache.refresh();
        assertThat(refuses(id)).isTrue();
    }

    @Test
    void createsAnEntryOnlyFromADatabaseRead() {
        soldOut.add(1L);
        cache.markForCheck(1);
        cache.markForCheck(2);
        cache.markForCheckByPeer(3);
        assertThat(refuses(1)).as("a hint alone").isFalse();
        cache.refresh();
        assertThat(List.of(refuses(1), refuses(2), refuses(3))).containsExactly(true, false, false);
        assertThat(refusals).isEqualTo(1);
        cache.refresh();
        assertThat(reads).containsExactly(Set.of(1L, 2L, 3L), Set.of(1L));
    }

    @Test
    void refusesForASecondAfterTheReadStarted() {
        meanwhile = () -> pass(Duration.ofMillis(400));
        raise(1);
        pass(Duration.ofMillis(599));
        assertThat(refuses(1)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(refuses(1)).isFalse();
    }

    @Test
    void staysAsLongAsEachReadFindsItSoldOut() {
        raise(1);
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofMillis(900));
            cache.refresh();
            assertThat(refuses(1)).isTrue();
        }
        soldOut.clear();
        cache.refresh();
        assertThat(refuses(1)).isFalse();
        assertThat(cache.size()).isZero();
    }

    @Test
    void expiresWhileTheDatabaseFails() {
        raise(1);
        meanwhile = () -> {
            throw new IllegalStateException("no database");
        };
        pass(Duration.ofMillis(900));
        assertThatThrownBy(cache::refresh).hasMessage("no database");
        assertThat(refuses(1)).isTrue();
        pass(Duration.ofMillis(100));
        assertThat(refuses(1)).isFalse();
        meanwhile = () -> {};
        cache.refresh();
        assertThat(refuses(1)).isTrue();
    }

    @Test
    void invalidates() {
        raise(1);
        raise(2);
        cache.invalidate(1);
        assertThat(List.of(refuses(1), refuses(2))).containsExactly(false, true);
        cache.invalidateAll();
        assertThat(refuses(2)).isFalse();
    }

    @Test
    void discardsAReadThatStartedBeforeTheInvalidation() {
        raise(1);
        raise(2);
        meanwhile = () -> cache.invalidate(1);
        cache.refresh();
        assertThat(List.of(refuses(1), refuses(2))).containsExactly(false, true);
        cache.markForCheck(1);
        meanwhile = cache::invalidateAll;
        cache.refresh();
        assertThat(List.of(refuses(1), refuses(2))).containsExactly(false, false);
        meanwhile = () -> {};
        raise(1);
    }

    @Test
    void passesRetries() {
        raise(1);
        knownKeys.add("first");
        assertThat(refuses(1, IdempotencyKey.of(Caller.UNRESTRICTED, "first", "x")))
                .isFalse();
        assertThat(refuses(1, IdempotencyKey.of(Caller.UNRESTRICTED, "second", "x")))
                .isTrue();
    }

    @Test
    void broadcastsOnceAndOnlyOwnFindings() {
        soldOut.addAll(Set.of(1L, 2L));
        cache.markForCheck(1);
        cache.markForCheckByPeer(2);
        cache.refresh();
        cache.markForCheck(1);
        cache.refresh();
        assertThat(broadcast).containsExactly(1L);
    }

    @Test
    void isBoundedAndExpiresAfterAccess() {
        for (long id = 1; id <= 10; id++) {
            soldOut.add(id);
            cache.markForCheck(id);
        }
        cache.refresh();
        assertThat(cache.size()).isEqualTo(MAX);
        pass(Duration.ofSeconds(11));
        cache.refresh();
        assertThat(cache.size()).isZero();
    }
}
