package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kr.hhplus.commerce.proof.traffic.AcknowledgementCheck;
import kr.hhplus.commerce.proof.traffic.Acknowledgements;
import kr.hhplus.commerce.proof.traffic.Traffic;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load, as at every deployment: {@code -Dproof.stops} times on the same data. */
class GracefulStopFaults {

    private static final int STOPS = Integer.getInteger("proof.stops", 1);
    private static final int EXIT_OF_SIGTERM = 143;

    @Test
    void answerWhatWasAcceptedAndEndByThemselves(@TempDir Path data) throws Exception {
        Acknowledgements acknowledgements = new Acknowledgements();
        int unanswered = 0;
        try (Shop shop = Shop.open(data)) {
            Traffic traffic = new Traffic(shop, 200);
            for (int stop = 1; stop <= STOPS; stop++) {
                int moment = traffic.acknowledged() + 300;
                traffic.start(shop.client(), stop);
                Awaitility.await("the traffic to be under way")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> traffic.acknowledged() >= moment);
                shop.sigterm();
                assertThat(shop.exitCode(Duration.ofSeconds(45))).isIn(0, EXIT_OF_SIGTERM);
                traffic.stop();
                List<Traffic.Sent> notes = traffic.takeNotes();
                unanswered +=
                        (int) notes.stream().filter(s -> s.reply() == null).count();
                shop.restart();
                acknowledgements.settle(shop.client(), notes);
            }
            AcknowledgementCheck check = new AcknowledgementCheck(shop, traffic, acknowledgements);
            check.run();
            assertThat(acknowledgements.happenedUnheard())
                    .as("calls that were accepted, and whose answers were lost")
                    .isZero();
            Results.note("SIGTERM under load, %d times".formatted(STOPS), check + "; without an answer " + unanswered);
        }
    }
}
