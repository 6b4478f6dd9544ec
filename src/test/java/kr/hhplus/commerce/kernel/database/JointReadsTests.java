package kr.hhplus.commerce.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One thread plays all readers: what has been started runs when the test says so. */
class JointReadsTests {

    private final Map<Integer, String> table = new HashMap<>(Map.of(1, "one", 2, "two"));
    private final List<Set<Integer>> statements = new ArrayList<>();
    private final Queue<Runnable> started = new ArrayDeque<>();
    private Runnable meanwhile = () -> {};

    private BatchLoader<Integer, String> reads(int atOnce, int batchMax) {
        return new BatchLoader<>(this::statement, started::add, new BatchLoaderProperties(atOnce, batchMax));
    }

    /** What others do meanwhile happens after the rows have been seen. */
    private Map<Integer, String> statement(Set<Integer> keys) {
        statements.add(Set.copyOf(keys));
        Map<Integer, String> found =
                keys.stream().filter(table::containsKey).collect(Collectors.toMap(key -> key, table::get));
        meanwhile.run();
        return found;
    }

    private void runStarted() {
        for (Runnable next = started.poll(); next != null; next = started.poll()) {
            next.run();
        }
    }

    @Test
    void readsForAllWhoWaitInOneStatement() {
        BatchLoader<Integer, String> reads = reads(1, 10);
        CompletableFuture<Optional<String>> one = reads.find(1);
        CompletableFuture<Optional<String>> two = reads.find(2);
        CompletableFuture<Optional<String>> oneAgain = reads.find(1);
        CompletableFuture<Optional<String>> none = reads.find(3);
        assertThat(one).isNotDone();
        runStarted();
        assertThat(one).isCompletedWithValue(Optional.of("one"));
        assertThat(two).isCompletedWithValue(Optional.of("two"));
        assertThat(oneAgain).isCompletedWithValue(Optional.of("one"));
        assertThat(none).isCompletedWithValue(Optional.empty());
        assertThat(statements).containsExactly(Set.of(1, 2, 3));
    }

    @Test
    void showsWhatWasWrittenWhileAnotherReadWasUnderWay() {
        BatchLoader<Integer, String> reads = reads(1, 10);
        List<CompletableFuture<Optional<String>>> later = new ArrayList<>();
        meanwhile = () -> {
            meanwhile = () -> {};
            table.put(1, "new");
            later.add(reads.find(1));
        };
        CompletableFuture<Optional<String>> before = reads.find(1);
        runStarted();
        assertThat(before).isCompletedWithValue(Optional.of("one"));
        assertThat(later.get(0)).isCompletedWithValue(Optional.of("new"));
        assertThat(statements).hasSize(2);
    }

    @Test
    void beginsAnewAfterARest() {
        BatchLoader<Integer, String> reads = reads(1, 10);
        reads.find(1);
        runStarted();
        CompletableFuture<Optional<String>> two = reads.find(2);
        runStarted();
        assertThat(two).isCompletedWithValue(Optional.of("two"));
    }

    @Test
    void asksForNoMoreRowsThanAllowed() {
        BatchLoader<Integer, String> reads = reads(1, 3);
        List<CompletableFuture<Optional<String>>> all =
                IntStream.rangeClosed(1, 8).mapToObj(reads::find).toList();
        runStarted();
        assertThat(all).allMatch(CompletableFuture::isDone);
        assertThat(statements).containsExactly(Set.of(1, 2, 3), Set.of(4, 5, 6), Set.of(7, 8));
    }

    @Test
    void readsNoMoreSideBySideThanAllowed() {
        BatchLoader<Integer, String> reads = reads(2, 10);
        List<Integer> startedMeanwhile = new ArrayList<>();
        meanwhile = () -> {
            meanwhile = () -> {};
            reads.find(1);
            reads.find(2);
            startedMeanwhile.add(started.size());
        };
        reads.find(1);
        runStarted();
        assertThat(startedMeanwhile).containsExactly(1);
        assertThat(statements).containsExactly(Set.of(1), Set.of(1, 2));
    }

    @Test
    void tellsAllOfAFailedStatementAndReadsOn() {
        BatchLoader<Integer, String> reads = reads(1, 10);
        meanwhile = () -> {
            throw new IllegalStateException("no database");
        };
        CompletableFuture<Optional<String>> one = reads.find(1);
        CompletableFuture<Optional<String>> two = reads.find(2);
        runStarted();
        for (CompletableFuture<Optional<String>> failed : List.of(one, two)) {
            assertThatThrownBy(failed::join)
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("no database");
        }
        meanwhile = () -> {};
        CompletableFuture<Optional<String>> after = reads.find(1);
        runStarted();
        assertThat(after).isCompletedWithValue(Optional.of("one"));
    }

    @Test
    void tellsThoseForWhomNoThreadCouldBeHadAndReadsOnOnceThereIsOne() {
        List<Error> failures = new ArrayList<>(List.of(new OutOfMemoryError("unable to create native thread")));
        BatchLoader<Integer, String> reads = new BatchLoader<>(
                this::statement,
                task -> {
                    if (!failures.isEmpty()) {
                        throw failures.remove(0);
                    }
                    started.add(task);
                },
                new BatchLoaderProperties(1, 10));
        CompletableFuture<Optional<String>> one = reads.find(1);
        assertThat(one).isCompletedExceptionally();
        CompletableFuture<Optional<String>> two = reads.find(2);
        runStarted();
        assertThat(two).isCompletedWithValue(Optional.of("two"));
        assertThat(statements).containsExactly(Set.of(2));
    }
}
