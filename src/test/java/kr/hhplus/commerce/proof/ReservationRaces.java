package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.hold;
import static kr.hhplus.commerce.testkit.Call.limitPurchases;
import static kr.hhplus.commerce.testkit.Call.line;
import static kr.hhplus.commerce.testkit.Call.order;
import static kr.hhplus.commerce.testkit.Call.payReservation;
import static kr.hhplus.commerce.testkit.Call.release;
import static kr.hhplus.commerce.testkit.Call.reservation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Together;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;

/** The last pieces of a product, held and paid at the boundary. */
@OnDatabase
class ReservationRaces extends SharedShopRace {

    private static final int AT_ONCE = 8;
    private static final int OPEN_MAX = 3;

    @Test
    void holdOrSellTheLastPieceToOneBuyer() {
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(1).stock(1).onSale();
            List<Call> calls = new ArrayList<>();
            for (long buyer : given.usersWithBalance(AT_ONCE, 100)) {
                calls.add(buyer % 2 == 0 ? hold(buyer, line(product, 1)) : order(buyer, line(product, 1)));
            }
            List<Reply> replies = Together.send(client, calls);
            assertThat(replies).filteredOn(Reply::done).hasSize(1);
            assertThat(replies).filteredOn(reply -> !reply.done()).allMatch(reply -> reply.is("INSUFFICIENT_STOCK"));
            assertThat(state.stock(product)).isZero();
        }
        Results.note("last piece, 8 buyers who hold or order it", rounds + " rounds, one winner in each");
    }

    @Test
    void payAHeldPieceOnceFromManyTabs() {
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(1).stock(1).onSale();
            long buyer = given.aUserWithBalance(100);
            String held = client.must(hold(buyer, line(product, 1))).text("reservationId");
            List<Call> calls = new ArrayList<>(Collections.nCopies(AT_ONCE, payReservation(buyer, held)));
            calls.add(order(given.aUserWithBalance(100), line(product, 1)));
            List<Reply> replies = new ArrayList<>(Together.send(client, calls));
            assertThat(replies.remove(AT_ONCE).is("INSUFFICIENT_STOCK")).isTrue();
            assertThat(replies).filteredOn(Reply::done).hasSize(1);
            assertThat(replies)
                    .filteredOn(reply -> !reply.done())
                    .allMatch(reply -> reply.is("RESERVATION_EXPIRED")
                            && reply.text("cause").equals("PAID"));
            assertThat(state.sold(product, buyer)).isEqualTo(1);
            assertThat(client.must(Call.balance(buyer)).number("balance")).isEqualTo(99);
        }
        Results.note("held piece, paid from 8 tabs", rounds + " rounds, paid once in each");
    }

    @Test
    void endAsPaidOrReleasedButNotBoth() {
        int paid = 0;
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(1).stock(2).onSale();
            long buyer = given.aUserWithBalance(100);
            String held = client.must(hold(buyer, line(product, 2))).text("reservationId");
            List<Reply> replies = Together.send(
                    client, List.of(release(held), payReservation(buyer, held), release(held), release(held)));
            Reply payment = replies.get(1);
            boolean isPaid = payment.done();
            assertThat(payment.done() || payment.is("RESERVATION_EXPIRED"))
                    .as(payment.toString())
                    .isTrue();
            assertThat(client.must(reservation(held)).text("status")).isEqualTo(isPaid ? "PAID" : "RELEASED");
            assertThat(replies.get(3).done()).isEqualTo(!isPaid);
            assertThat(state.stock(product)).isEqualTo(isPaid ? 0 : 2);
            paid += isPaid ? 1 : 0;
        }
        Results.note("release against payment", rounds + " rounds, paid in " + paid + ", never both");
    }

    @Test
    void endAsPaidOrExpiredButNotBoth() {
        Random random = new Random(1);
        int paid = 0;
        int waves = Math.min(3, rounds);
        for (int wave = 0; wave < waves; wave++) {
            long product = given.aProduct().price(1).stock(AT_ONCE).onSale();
            List<String> held = new ArrayList<>();
            List<CompletableFuture<Reply>> payments = new ArrayList<>();
            for (long buyer : given.usersWithBalance(AT_ONCE, 100)) {
                Reply reply = client.must(hold(buyer, 1, line(product, 1)));
                held.add(reply.text("reservationId"));
                Duration moment = Duration.between(Instant.now(), Instant.parse(reply.text("expiresAt")))
                        .plusMillis(random.nextInt(-60, 60));
                payments.add(CompletableFuture.supplyAsync(
                                () -> payReservation(buyer, reply.text("reservationId")),
                                CompletableFuture.delayedExecutor(
                                        moment.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS))
                        .thenCompose(client::sendAsync));
            }
            List<Reply> replies = payments.stream().map(CompletableFuture::join).toList();
            assertThat(replies).allMatch(reply -> reply.done() || reply.is("RESERVATION_EXPIRED"));
            long sold = replies.stream().filter(Reply::done).count();
            await().until(() -> state.stock(product) == AT_ONCE - sold);
            for (int i = 0; i < AT_ONCE; i++) {
                assertThat(client.must(reservation(held.get(i))).text("status"))
                        .isEqualTo(replies.get(i).done() ? "PAID" : "EXPIRED");
            }
            paid += (int) sold;
        }
        Results.note(
                "payment against expiry, within 60 ms of it",
                waves * AT_ONCE + " reservations, " + paid + " paid, the others expired, never both");
    }

    /** The user has no balance yet, so that there is no row to lock. */
    @Test
    void letAUserHoldNoMoreFromManyTabs() {
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(1).stock(100).onSale();
            long newcomer = given.aUser();
            List<Reply> replies = Together.send(client, Collections.nCopies(AT_ONCE, hold(newcomer, line(product, 1))));
            assertThat(replies).filteredOn(Reply::done).hasSize(OPEN_MAX);
            assertThat(replies)
                    .filteredOn(reply -> !reply.done())
                    .allMatch(reply -> reply.is("RESERVATION_LIMIT_EXCEEDED"));
            assertThat(state.stock(product)).isEqualTo(100 - OPEN_MAX);
        }
        Results.note("3 open reservations, 8 tabs of a user", rounds + " rounds, three held in each");
    }

    @Test
    void countForThePurchaseLimit() {
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(1).stock(100).onSale();
            client.must(limitPurchases(product, 2L));
            long buyer = given.aUserWithBalance(100);
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                calls.add(i % 2 == 0 ? hold(buyer, line(product, 1)) : order(buyer, line(product, 1)));
            }
            List<Reply> replies = Together.send(client, calls);
            assertThat(replies).filteredOn(Reply::done).hasSize(2);
            assertThat(replies)
                    .filteredOn(reply -> !reply.done())
                    .allMatch(reply -> reply.is("PURCHASE_LIMIT_EXCEEDED"));
        }
        Results.note("purchase limit of 2, 8 orders and reservations", rounds + " rounds, two pieces in each");
    }
}
