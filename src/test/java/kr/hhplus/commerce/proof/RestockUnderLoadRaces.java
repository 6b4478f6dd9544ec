package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import org.junit.jupiter.api.Test;

/** Many ask for what is sold out while it comes back: once a restock is told, the next buyer who can pay gets it. */
class RestockUnderLoadRaces extends SharedShopRace {

    private static final int ASKING = 4;

    /** After so many it is known again everywhere that nothing is left. */
    private static final int ANSWERS_UNTIL_ALL_BELIEVE = 400;

    @Test
    void sellsWhatWasToldToBeThere() throws InterruptedException {
        long product = given.aProduct().price(1).stock(0).onSale();
        long buyer = given.aUserWithBalance(10_000);
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong asked = new AtomicLong();
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < ASKING; i++) {
            Call call = Call.order(given.aUser(), Call.line(product, 1));
            asking.add(new Thread(() -> {
                while (!over.get()) {
                    client.send(call);
                    asked.incrementAndGet();
                }
            }));
        }
        asking.forEach(Thread::start);
        try {
            for (int round = 0; round < rounds; round++) {
                client.must(Call.changeStock(product, 1));
                Reply order = client.must(Call.order(buyer, Call.line(product, 1)));
                client.must(Call.cancel(order.text("orderId")));
                client.must(Call.order(buyer, Call.line(product, 1)));
                if (round % 10 == 0) {
                    awaitAnswers(asked);
                }
            }
        } finally {
            over.set(true);
            for (Thread thread : asking) {
                thread.join();
            }
        }
        assertThat(asked).hasPositiveValue();
        assertThat(state.stock(product)).isZero();
        Results.note(
                "restock and cancellation while " + ASKING + " ask",
                rounds + " rounds, " + asked + " asked, no false refusal");
    }

    private static void awaitAnswers(AtomicLong asked) {
        long seen = asked.get() + ANSWERS_UNTIL_ALL_BELIEVE;
        await().atMost(Duration.ofMinutes(1)).until(() -> asked.get() >= seen);
    }
}
