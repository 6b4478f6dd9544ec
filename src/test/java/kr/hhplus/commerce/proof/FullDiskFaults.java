package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import kr.hhplus.commerce.proof.shop.Call;
import kr.hhplus.commerce.proof.shop.EventLines;
import kr.hhplus.commerce.proof.shop.Instance;
import kr.hhplus.commerce.proof.shop.Reply;
import kr.hhplus.commerce.proof.shop.Results;
import kr.hhplus.commerce.proof.shop.Shop;
import kr.hhplus.commerce.proof.traffic.Debts;
import kr.hhplus.commerce.proof.traffic.Findings;
import kr.hhplus.commerce.proof.traffic.Traffic;
import kr.hhplus.commerce.servers.ServerProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded shop's disk is full for a while, under load: its database file and its event file can grow no further.
 * {@code -Dproof.faults} times on the same data.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "prlimit, which fills the disk of one process, is Linux's")
class FullDiskFaults {

    private static final int TIMES = Integer.getInteger("proof.faults", 1);
    private static final long SEED = Long.getLong("proof.seed", 2026);
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final List<String> READS =
            List.of("/balance?userId=%d", "/orders?userId=%d", "/balance/transactions?userId=%d", "/coupons?userId=%d");

    /** Lines of level WARN or ERROR that one full disk may cost. */
    private static final int LINES_MAX = 20;

    @Test
    void failWithTheRightCodesAndHealWhenThereIsSpaceAgain(@TempDir Path data) throws Exception {
        Debts debts = new Debts();
        Map<String, Integer> reads = new TreeMap<>();
        Duration slowest = Duration.ZERO;
        try (Shop shop = Shop.open(data)) {
            Instance instance = shop.instances().get(0);
            Traffic traffic = new Traffic(shop, 200);
            for (int time = 1; time <= TIMES; time++) {
                traffic.start(shop.client(), SEED + time);
                awaitServed(traffic, "before the disk is full");
                List<String> before = Files.readAllLines(instance.log());
                instance.limitFiles(Files.size(data.resolve("commerce.mv.db")) + 65_536);
                awaitReadiness(instance, 503);
                for (int i = 0; i < 50; i++) {
                    Reply read = instance.client()
                            .send(Call.get(READS.get(i % READS.size()).formatted(i + 1)));
                    reads.merge(read.status() + " " + read.code(), 1, Integer::sum);
                }
                awaitReadiness(instance, 503);
                instance.limitFiles(ServerProcess.UNLIMITED);
                slowest = later(slowest, awaitHealed(traffic));
                awaitReadiness(instance, 200);
                awaitServed(traffic, "after the disk has space again");
                traffic.stop();
                List<Traffic.Sent> notes = traffic.takeNotes();
                assertThat(codes(notes).keySet())
                        .as("what buyers heard, beside yes and 4xx")
                        .isSubsetOf("OVERLOADED", "UNAVAILABLE", "OUTCOME_UNKNOWN")
                        .contains("UNAVAILABLE");
                debts.settle(shop.client(), notes);
                EventLines.areWhatTheFeedBeginsWith(shop);
                assertQuiet(before.size(), instance);
            }
            assertThat(reads.keySet()).as("what readers heard").isSubsetOf("200 ", "503 UNAVAILABLE");
            Findings findings = new Findings(shop, traffic, debts);
            findings.matchWhatWasTold();
            Results.note(
                    "disk full under load, %d times (seed %d)".formatted(TIMES, SEED),
                    findings + "; reads meanwhile: " + reads
                            + "; selling again after at most %.1f s".formatted(slowest.toMillis() / 1000.0));
        }
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static void awaitServed(Traffic traffic, String when) {
        int wanted = traffic.acknowledged() + 200;
        Awaitility.await("buyers to be served " + when).atMost(WAIT_MAX).until(() -> traffic.acknowledged() >= wanted);
    }

    /** Of each call of a buyer's that was neither done nor refused, the code that it was answered with. */
    private static Map<String, Long> codes(List<Traffic.Sent> notes) {
        return notes.stream()
                .filter(sent -> !sent.acknowledged())
                .filter(sent -> sent.reply() == null || sent.reply().status() >= 500)
                .collect(Collectors.groupingBy(
                        sent -> sent.reply() == null
                                ? "no answer"
                                : sent.reply().code(),
                        Collectors.counting()));
    }

    private static Duration awaitHealed(Traffic traffic) {
        long lifted = System.nanoTime();
        int before = traffic.acknowledged();
        Awaitility.await("the first success when there is space")
                .atMost(WAIT_MAX)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> traffic.acknowledged() > before);
        return Duration.ofNanos(System.nanoTime() - lifted);
    }

    private static void awaitReadiness(Instance instance, int status) {
        AtomicInteger last = new AtomicInteger();
        Awaitility.await("readiness " + status)
                .atMost(WAIT_MAX)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    last.set(instance.client()
                            .attempt(Call.get("/actuator/health/readiness"))
                            .status());
                    return last.get() == status;
                });
    }

    private static void assertQuiet(int linesBefore, Instance instance) throws IOException {
        List<String> lines = Files.readAllLines(instance.log());
        List<String> during = lines.subList(linesBefore, lines.size());
        assertThat(during.stream().filter(line -> line.startsWith("\tat ")))
                .as("stack traces of a full disk, see " + instance.log())
                .isEmpty();
        assertThat(during.stream().filter(line -> line.contains(" WARN ") || line.contains("ERROR ")))
                .as("lines of a full disk, see " + instance.log())
                .hasSizeBetween(1, LINES_MAX);
    }
}
