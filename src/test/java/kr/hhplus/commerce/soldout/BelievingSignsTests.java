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

/** Signs on a clock that the test turns: what puts one up, how long it refuses, and what takes it down. */
class BelievingSignsTests {

    private static final int MAX = 3;
    private static final SoldOutProperties SETTINGS = new SoldOutProperties(
            Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(10), MAX, 0, 0, Duration.ofMillis(100));

    private final Set<Long> soldOut = new HashSet<>();
    private final List<Set<Long>> looks = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();
    private final Set<String> knownKeys = new HashSet<>();
    private Runnable meanwhile = () -> {};
    private long nanos = Long.MAX_VALUE - 1_000;
    private int refusals;

    private final SoldOutCache<String> signs = new SoldOutCache<>(
            SETTINGS,
            () -> nanos,
            this::database,
            told::add,
            command -> knownKeys.contains(command.requestKey().key()),
            () -> refusals++);

    private Map<Long, String> database(Set<Long> ids) {
        looks.add(ids);
        Map<Long, String> found = new HashMap<>();
        ids.stream().filter(soldOut::contains).forEach(id -> found.put(id, "product " + id));
        meanwhile.run();
        return found;
    }

    private record Wish(IdempotencyKey requestKey) implements IdempotentCommand {
        @Override
        public long ownerId() {
            return 7;
        }
    }

    private boolean refuses(long id) {
        return refuses(id, IdempotencyKey.NONE);
    }

    private boolean refuses(long id, IdempotencyKey key) {
        return signs.refusal(id, new Wish(key), facts -> Optional.of(Refusal.of(ErrorCode.INSUFFICIENT_STOCK)))
                .isPresent();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void raise(long id) {
        soldOut.add(id);
        signs.suspect(id);
        signs.look();
        assertThat(refuses(id)).isTrue();
    }

    @Test
    void goesUpOnlyWhereTheDatabaseSaysSo() {
        soldOut.add(1L);
        signs.suspect(1);
        signs.suspect(2);
        signs.suspectByHearsay(3);
        assertThat(refuses(1)).as("a suspicion alone").isFalse();
        signs.look();
        assertThat(List.of(refuses(1), refuses(2), refuses(3))).containsExactly(true, false, false);
        assertThat(refusals).isEqualTo(1);
        signs.look();
        assertThat(looks).containsExactly(Set.of(1L, 2L, 3L), Set.of(1L));
    }

    @Test
    void refusesForASecondAfterTheLookBeganAndNoLonger() {
        meanwhile = () -> pass(Duration.ofMillis(400));
        raise(1);
        pass(Duration.ofMillis(599));
        assertThat(refuses(1)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(refuses(1)).isFalse();
    }

    @Test
    void staysUpAsLongAsEachLookFindsItSoldOut() {
        raise(1);
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofMillis(900));
            signs.look();
            assertThat(refuses(1)).isTrue();
        }
        soldOut.clear();
        signs.look();
        assertThat(refuses(1)).isFalse();
        assertThat(signs.size()).isZero();
    }

    @Test
    void comesDownByItselfWhenTheDatabaseCannotBeAsked() {
        raise(1);
        meanwhile = () -> {
            throw new IllegalStateException("no database");
        };
        pass(Duration.ofMillis(900));
        assertThatThrownBy(signs::look).hasMessage("no database");
        assertThat(refuses(1)).isTrue();
        pass(Duration.ofMillis(100));
        assertThat(refuses(1)).isFalse();
        meanwhile = () -> {};
        signs.look();
        assertThat(refuses(1)).isTrue();
    }

    @Test
    void isDownOnceCleared() {
        raise(1);
        raise(2);
        signs.clear(1);
        assertThat(List.of(refuses(1), refuses(2))).containsExactly(false, true);
        signs.clear();
        assertThat(refuses(2)).isFalse();
    }

    @Test
    void doesNotGoUpByALookThatBeganBeforeItWasCleared() {
        raise(1);
        raise(2);
        meanwhile = () -> signs.clear(1);
        signs.look();
        assertThat(List.of(refuses(1), refuses(2))).containsExactly(false, true);
        signs.suspect(1);
        meanwhile = signs::clear;
        signs.look();
        assertThat(List.of(refuses(1), refuses(2))).containsExactly(false, false);
        meanwhile = () -> {};
        raise(1);
    }

    @Test
    void letsKnownKeysPass() {
        raise(1);
        knownKeys.add("first");
        assertThat(refuses(1, IdempotencyKey.of(Caller.LOCAL, "first", "x"))).isFalse();
        assertThat(refuses(1, IdempotencyKey.of(Caller.LOCAL, "second", "x"))).isTrue();
    }

    @Test
    void tellsOthersOnceAndOnlyWhatThisInstanceFoundOut() {
        soldOut.addAll(Set.of(1L, 2L));
        signs.suspect(1);
        signs.suspectByHearsay(2);
        signs.look();
        signs.suspect(1);
        signs.look();
        assertThat(told).containsExactly(1L);
    }

    @Test
    void keepsNoMoreThanItsBoundAndNothingThatNobodyAsksFor() {
        for (long id = 1; id <= 10; id++) {
            soldOut.add(id);
            signs.suspect(id);
        }
        signs.look();
        assertThat(signs.size()).isEqualTo(MAX);
        pass(Duration.ofSeconds(11));
        signs.look();
        assertThat(signs.size()).isZero();
    }
}
