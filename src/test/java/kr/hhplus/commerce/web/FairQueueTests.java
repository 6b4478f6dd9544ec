package kr.hhplus.commerce.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairQueueTests {

    private static List<String> drained(FairQueue<String> queue) {
        List<String> order = new ArrayList<>();
        for (String next = queue.poll(); next != null; next = queue.poll()) {
            order.add(next);
        }
        return order;
    }

    @Test
    void aClientWithManyEntriesDelaysItsOwn() {
        FairQueue<String> queue = new FairQueue<>(10);
        List.of("a1", "a2", "a3").forEach(entry -> queue.offer("192.0.2.1", entry));
        List.of("b1", "b2").forEach(entry -> queue.offer("192.0.2.2", entry));
        queue.offer("192.0.2.3", "c1");
        assertThat(drained(queue)).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    }

    @Test
    void aFullQueueGivesTheLastPlaceOfTheClientThatHasMostToOneThatHasLess() {
        FairQueue<String> queue = new FairQueue<>(3);
        List.of("a1", "a2", "a3")
                .forEach(entry -> assertThat(queue.offer("192.0.2.1", entry)).isNull());
        assertThat(queue.offer("192.0.2.1", "a4")).isEqualTo("a4");
        assertThat(queue.offer("192.0.2.2", "b1")).isEqualTo("a3");
        assertThat(queue.offer("192.0.2.3", "c1")).isEqualTo("a2");
        assertThat(queue.offer("192.0.2.4", "d1")).as("everybody has one").isEqualTo("d1");
        assertThat(drained(queue)).containsExactly("a1", "b1", "c1");
    }

    /** Each new client would go first if the turns of those who wait did not come by themselves. */
    @Test
    void endlesslyManyNewClientsKeepNobodyWaitingForEver() {
        FairQueue<String> queue = new FairQueue<>(100);
        List.of("a1", "a2", "a3").forEach(entry -> queue.offer("192.0.2.1", entry));
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            queue.offer("client " + i, "other");
            taken.add(queue.poll());
        }
        assertThat(taken).contains("a1", "a2", "a3");
    }

    @Test
    void aWideNetworkHasTheShareOfFourClients() {
        FairQueue<String> queue = new FairQueue<>(100);
        IntStream.range(0, 12).forEach(i -> queue.offer("2001:db8:1:" + i + "::1", "wide" + i));
        List.of("b1", "b2", "b3").forEach(entry -> queue.offer("192.0.2.1", entry));
        assertThat(drained(queue).subList(0, 11))
                .containsExactly(
                        "wide0", "b1", "wide1", "wide2", "wide3", "wide4", "b2", "wide5", "wide6", "wide7", "wide8");
    }

    @Test
    void forgetsAnEntryThatIsTakenBack() {
        FairQueue<String> queue = new FairQueue<>(2);
        queue.offer("192.0.2.1", "a1");
        queue.offer("192.0.2.1", "a2");
        queue.remove("a1");
        assertThat(queue.size()).isOne();
        assertThat(drained(queue)).containsExactly("a2");
    }
}
