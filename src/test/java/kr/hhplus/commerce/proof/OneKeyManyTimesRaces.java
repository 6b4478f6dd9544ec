package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.charge;
import static kr.hhplus.commerce.testkit.Call.issue;
import static kr.hhplus.commerce.testkit.Call.line;
import static kr.hhplus.commerce.testkit.Call.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Together;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@OnDatabase
class OneKeyManyTimesRaces extends SharedShopRace {

    private static final int AT_ONCE = 50;

    private final int times = Math.max(1, rounds / 2);

    @Test
    void chargesOnce() {
        long user = given.aUser();
        for (int round = 1; round <= times; round++) {
            Reply first = sendAtOnce(charge(user, 100).withKey("charge-" + round));
            assertThat(first.number("balance")).isEqualTo(100L * round);
        }
        assertThat(client.all("/balance/transactions?userId=" + user)).hasSize(times);
        state.ledgerExplainsBalanceOf(user);
        Results.note("one key, " + AT_ONCE + " charges", times + " rounds, one effect and 50 equal answers in each");
    }

    @Test
    void ordersOnceAndCancelsOnce() {
        long user = given.aUserWithBalance(1_000_000);
        long product = given.aProduct().price(100).stock(1_000).onSale();
        for (int round = 1; round <= times; round++) {
            Reply first = sendAtOnce(order(user, line(product, 1)).withKey("order-" + round));
            assertThat(state.stock(product)).isEqualTo(999);
            sendAtOnce(Call.cancel(first.text("orderId")).withKey("cancel-" + round));
            assertThat(state.stock(product)).isEqualTo(1_000);
        }
        assertThat(client.all("/orders?userId=" + user)).hasSize(times);
        state.ledgerExplainsBalanceOf(user);
        Results.note(
                "one key, " + AT_ONCE + " orders, then cancels",
                times + " rounds, one effect and 50 equal answers in each");
    }

    @Test
    void issuesOnce() {
        for (int round = 1; round <= times; round++) {
            long user = given.aUser();
            sendAtOnce(issue(user, given.aCampaign(100, 3)).withKey("issue"));
            assertThat(client.all("/coupons?userId=" + user)).hasSize(1);
        }
        Results.note("one key, " + AT_ONCE + " issues", times + " rounds, one effect and 50 equal answers in each");
    }

    @Test
    void createsAProductOnce() {
        for (int round = 1; round <= times; round++) {
            sendAtOnce(Call.createProduct("Made once " + round, 100, 1).withKey("product-" + round));
        }
        Awaitility.await("the list to show every product, and each once")
                .untilAsserted(
                        () -> assertThat(client.all("/products?q=Made%20once")).hasSize(times));
        Results.note("one key, " + AT_ONCE + " new products", times + " rounds, one product in each");
    }

    @Test
    void belongsToOneRequest() {
        for (int round = 1; round <= times; round++) {
            long user = given.aUser();
            List<Call> calls = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                calls.add(charge(user, 100L * i).withKey("same"));
            }
            List<Reply> replies = Together.send(client, calls);
            assertThat(replies).filteredOn(Reply::done).hasSize(1);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("IDEMPOTENCY_KEY_REUSED"));
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.status() == 422);
            long taken = replies.stream()
                    .filter(Reply::done)
                    .findFirst()
                    .orElseThrow()
                    .number("chargedAmount");
            assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(taken);
        }
        Results.note("one key, 8 different requests", times + " rounds, one taken, seven told of the reuse in each");
    }

    /** @return the one answer that all have got */
    private Reply sendAtOnce(Call call) {
        List<Reply> replies = Together.send(client, Collections.nCopies(AT_ONCE, call));
        assertThat(replies).allMatch(Reply::done);
        assertThat(replies.stream().map(Reply::body).distinct()).hasSize(1);
        assertThat(replies.stream().map(Reply::status).distinct()).hasSize(1);
        assertThat(replies).filteredOn(Reply::replayed).hasSize(AT_ONCE - 1);
        return replies.get(0);
    }
}
