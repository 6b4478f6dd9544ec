package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kr.hhplus.commerce.proof.traffic.AcknowledgementCheck;
import kr.hhplus.commerce.proof.traffic.Acknowledgements;
import kr.hhplus.commerce.proof.traffic.Traffic;
import kr.hhplus.commerce.testkit.EventLines;
import kr.hhplus.commerce.testkit.Instance;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded shop's disk is full, under load: its database file can grow no further. {@code -Dproof.faults} times on
 * the same data.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "prlimit, which fills the disk of one process, is Linux's")
class FullDiskFaults {

    private static final int TIMES = Integer.getInteger("proof.faults", 1);
    private static final long SEED = Long.getLong("proof.seed", 2026);
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    /** EX_IOERR. */
    private static final int EXIT_CODE = 74;

    @Test
    void endTheServerWithOneLineAndLoseNothing(@TempDir Path data) throws Exception {
        Acknowledgements acknowledgements = new Acknowledgements();
        try (Shop shop = Shop.open(data)) {
            Instance instance = shop.instances().get(0);
            Traffic traffic = new Traffic(shop, 200);
            for (int time = 1; time <= TIMES; time++) {
                traffic.start(shop.client(), SEED + time);
                awaitServed(traffic, "before the disk is full");
                int before = Files.readAllLines(instance.log()).size();
                instance.limitFiles(Files.size(data.resolve("commerce.mv.db")) + 65_536);
                assertThat(shop.exitCode(WAIT_MAX)).isEqualTo(EXIT_CODE);
                traffic.stop();
                assertOneLine(before, instance);
                // The new process has no bound: there is space again.
                shop.restart();
                List<Traffic.Sent> notes = traffic.takeNotes();
                assertThat(notes)
                        .as("what buyers heard, beside yes and 4xx")
                        .extracting(FullDiskFaults::heard)
                        .isSubsetOf("", "no answer", "OVERLOADED", "UNAVAILABLE", "OUTCOME_UNKNOWN");
                acknowledgements.settle(shop.client(), notes);
                EventLines.areWhatTheFeedBeginsWith(shop);
                traffic.start(shop.client(), SEED - time);
                awaitServed(traffic, "after the disk has space again");
                traffic.stop();
                acknowledgements.settle(shop.client(), traffic.takeNotes());
            }
            AcknowledgementCheck check = new AcknowledgementCheck(shop, traffic, acknowledgements);
            check.run();
            Results.note("disk full under load, %d times (seed %d)".formatted(TIMES, SEED), check.toString());
        }
    }

    private static String heard(Traffic.Sent sent) {
        if (sent.reply() == null) {
            return "no answer";
        }
        return sent.reply().status() >= 500 ? sent.reply().code() : "";
    }

    private static void awaitServed(Traffic traffic, String when) {
        int wanted = traffic.acknowledged() + 200;
        Awaitility.await("buyers to be served " + when).atMost(WAIT_MAX).until(() -> traffic.acknowledged() >= wanted);
    }

    private static void assertOneLine(int linesBefore, Instance instance) throws IOException {
        List<String> lines = Files.readAllLines(instance.log());
        List<String> during = lines.subList(linesBefore, lines.size());
        assertThat(during).as("stack traces of a full disk").noneMatch(line -> line.startsWith("\tat "));
        assertThat(during)
                .filteredOn(line -> line.contains("The embedded database cannot be written any more"))
                .hasSize(1);
    }
}
