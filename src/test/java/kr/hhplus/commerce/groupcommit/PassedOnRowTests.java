package kr.hhplus.commerce.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A hot row that instances pass on to each other: never free at the moment of a probe, had soon by those who wait. */
class PassedOnRowTests {

    private static final RowKey ROW = new RowTable("product", 40, "id").row(1L);

    /** @param busyProbes probes that find the row taken */
    private record Passed(AtomicInteger busyProbes, AtomicInteger waits) implements RowProbe {

        @Override
        public Set<RowKey> locked(Collection<RowKey> rows) {
            return busyProbes.getAndDecrement() > 0 ? Set.copyOf(rows) : Set.of();
        }

        @Override
        public boolean awaitFree(RowKey row) {
            waits.incrementAndGet();
            return true;
        }

        @Override
        public Optional<String> holderOf(RowKey row) {
            return Optional.empty();
        }
    }

    @Test
    void isFreeOnceItWasHadByWaiting() {
        Passed probe = new Passed(new AtomicInteger(Integer.MAX_VALUE), new AtomicInteger());
        try (LockedRows rows = new LockedRows(probe, new SimpleMeterRegistry())) {
            assertThat(rows.findAndWatch(List.of(ROW))).isTrue();
            await().until(rows::isEmpty);
            assertThat(rows.releases()).isEqualTo(1);
            assertThat(probe.waits()).hasValue(1);
        }
    }

    @Test
    void isNotTakenForALockedOneWhereOneProbeOfSomeFindsItFree() {
        Passed probe = new Passed(new AtomicInteger(3), new AtomicInteger());
        try (LockedRows rows = new LockedRows(probe, new SimpleMeterRegistry())) {
            assertThat(rows.findAndWatch(List.of(ROW))).isFalse();
            assertThat(rows.isEmpty()).isTrue();
        }
    }

    /** A probe that has time for one row, and takes the others for locked. */
    private record Hurried(RowKey free) implements RowProbe {

        @Override
        public Set<RowKey> locked(Collection<RowKey> rows) {
            Set<RowKey> locked = new HashSet<>(rows);
            locked.removeIf(
                    row -> row.equals(free) && row.equals(rows.iterator().next()));
            return locked;
        }

        @Override
        public boolean awaitFree(RowKey row) {
            return false;
        }

        @Override
        public Optional<String> holderOf(RowKey row) {
            return Optional.empty();
        }
    }

    @Test
    void isFoundFreeAmongManyLockedOnes() {
        List<RowKey> all = LongStream.range(0, 20)
                .mapToObj(new RowTable("product", 40, "id")::row)
                .toList();
        try (LockedRows rows = new LockedRows(new Hurried(all.get(7)), new SimpleMeterRegistry())) {
            assertThat(rows.findAndWatch(all)).isTrue();
            await().until(() -> !rows.contains(all.get(7)));
            assertThat(all.stream().filter(rows::contains)).hasSize(19);
        }
    }
}
