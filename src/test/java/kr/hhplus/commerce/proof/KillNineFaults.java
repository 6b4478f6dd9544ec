package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import kr.hhplus.commerce.proof.traffic.AcknowledgementCheck;
import kr.hhplus.commerce.proof.traffic.Acknowledgements;
import kr.hhplus.commerce.proof.traffic.Traffic;
import kr.hhplus.commerce.testkit.EventLines;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies under load, again and again on the same data: {@code -Dproof.kills} times, at moments that come from
 * {@code -Dproof.seed}; every second time in the instant in which events reach their file.
 */
class KillNineFaults {

    private static final int KILLS = Integer.getInteger("proof.kills", 2);
    private static final long SEED = Long.getLong("proof.seed", 2026);

    private static void await(int kill, Callable<Boolean> moment) {
        Awaitility.await("the moment of kill " + kill)
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofNanos(200_000))
                .until(moment);
    }

    @Test
    void loseNothingThatWasAcknowledgedAndDoNothingTwice(@TempDir Path data) throws Exception {
        Random random = new Random(SEED);
        Acknowledgements acknowledgements = new Acknowledgements();
        try (Shop shop = Shop.open(data)) {
            Traffic traffic = new Traffic(shop, 200);
            for (int kill = 1; kill <= KILLS; kill++) {
                int moment = traffic.acknowledged() + 100 + random.nextInt(1_500);
                traffic.start(shop.client(), random.nextLong());
                await(kill, () -> traffic.acknowledged() >= moment);
                if (kill % 2 == 0) {
                    long before = EventLines.bytes(data);
                    await(kill, () -> EventLines.bytes(data) > before);
                }
                shop.kill9();
                traffic.stop();
                shop.restart();
                EventLines.areWhatTheFeedBeginsWith(shop);
                acknowledgements.settle(shop.client(), traffic.takeNotes());
            }
            AcknowledgementCheck check = new AcknowledgementCheck(shop, traffic, acknowledgements);
            assertThat(traffic.acknowledged()).isGreaterThanOrEqualTo(100 * KILLS);
            check.run();
            Results.note("kill -9 under load, %d times (seed %d)".formatted(KILLS, SEED), check.toString());
        }
    }
}
