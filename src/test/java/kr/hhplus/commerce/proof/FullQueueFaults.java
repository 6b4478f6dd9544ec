package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kr.hhplus.commerce.proof.traffic.Crowd;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.ShopState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than there is room for: in the queue of a lane, and in the heap. */
class FullQueueFaults {

    private static final int AT_ONCE = 150;
    private static final int WAVES = 5;

    /** More than the whole heap of {@link kr.hhplus.commerce.testkit.Instance} would hold. */
    private static final int CROWD = 4_500;

    @Test
    void refuseByNameAndLeaveNothingBehind(@TempDir Path data) throws Exception {
        String[] narrow = {"--commerce.group-commit.queue-max=2", "--commerce.group-commit.batch-max=1"};
        try (Shop shop = Shop.open(data, narrow)) {
            long user = Given.in(shop).aUser();
            int taken = 0;
            int refused = 0;
            for (int wave = 1; wave <= WAVES; wave++) {
                List<CompletableFuture<Reply>> asked = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    asked.add(shop.client().sendAsync(Call.charge(user, 100)));
                }
                for (CompletableFuture<Reply> each : asked) {
                    Reply reply = each.get(60, TimeUnit.SECONDS);
                    if (reply.done()) {
                        taken++;
                    } else {
                        assertThat(reply.code()).isEqualTo("OVERLOADED");
                        assertThat(reply.status()).isEqualTo(503);
                        assertThat(reply.headers()).containsKey("Retry-After");
                        refused++;
                    }
                }
            }
            assertThat(taken).isPositive();
            assertThat(refused).as("the queue was full at least once").isPositive();
            assertThat(shop.client().must(Call.charge(user, 100)).number("balance"))
                    .as("the shop serves on, and only what it said yes to has happened")
                    .isEqualTo(100L * taken + 100);
            ShopState.of(shop).ledgerExplainsBalanceOf(user);
            ShopState.of(shop).reconcile();
            Results.note(
                    WAVES + " x " + AT_ONCE + " charges at a queue of 2",
                    "%,d taken and found, %,d refused with OVERLOADED and without effect".formatted(taken, refused));
        }
    }

    @Test
    void areNotTakenWhereTheHeapHasNoRoomForThem(@TempDir Path data) throws Exception {
        try (Shop shop = Shop.open(data)) {
            long user = Given.in(shop).aUser();
            try (Crowd crowd = new Crowd(shop.instances().get(0).base(), CROWD)) {
                Awaitility.await("orders that were begun")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> crowd.begin() >= CROWD / 2 && crowd.isToldOff());
            }
            assertThat(shop.client().must(Call.charge(user, 100)).number("balance"))
                    .as("the shop has lived through it")
                    .isEqualTo(100L);
        }
    }
}
