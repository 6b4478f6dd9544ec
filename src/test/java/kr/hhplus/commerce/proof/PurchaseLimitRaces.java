package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.cancel;
import static kr.hhplus.commerce.testkit.Call.limitPurchases;
import static kr.hhplus.commerce.testkit.Call.line;
import static kr.hhplus.commerce.testkit.Call.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Together;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealServers.class)
class PurchaseLimitRaces extends SharedShopRace {

    private static final int AT_ONCE = 8;
    private static final long LIMIT = 3;

    private long aLimitedProduct() {
        long product = given.aProduct().price(1).onSale();
        client.must(limitPurchases(product, LIMIT));
        return product;
    }

    @Test
    void sellsAUserWhatTheLimitAllows() {
        long user = given.aUserWithBalance(1_000_000);
        for (int round = 0; round < rounds; round++) {
            long product = aLimitedProduct();
            List<Reply> replies = Together.send(client, Collections.nCopies(AT_ONCE, order(user, line(product, 1))));
            assertThat(replies).filteredOn(Reply::done).hasSize((int) LIMIT);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("PURCHASE_LIMIT_EXCEEDED"));
            assertThat(state.sold(product, user)).isEqualTo(LIMIT);
        }
        Results.note("purchase limit of 3, 8 orders of one user", rounds + " rounds, three paid in each");
    }

    @Test
    void givesBackWhatCancelledOrdersHeld() {
        long user = given.aUserWithBalance(1_000_000);
        for (int round = 0; round < rounds; round++) {
            long product = aLimitedProduct();
            String held = client.must(order(user, line(product, LIMIT))).text("orderId");
            List<Call> calls = new ArrayList<>(Collections.nCopies(AT_ONCE, order(user, line(product, 1))));
            calls.add(AT_ONCE / 2, cancel(held));
            List<Reply> replies = new ArrayList<>(Together.send(client, calls));
            assertThat(replies.remove(AT_ONCE / 2).done()).isTrue();
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("PURCHASE_LIMIT_EXCEEDED"));
            long bought = replies.stream().filter(Reply::done).count();
            assertThat(bought).isLessThanOrEqualTo(LIMIT);
            Reply rest = client.send(order(user, line(product, LIMIT + 1)));
            assertThat(rest.number("available")).isEqualTo(LIMIT - bought);
        }
        Results.note("cancel against 8 orders at the purchase limit", rounds + " rounds, never beyond it");
    }

    @Test
    void countsEveryOrderOnceWhereItIsSetWhileTheyFlow() {
        long[] users = given.usersWithBalance(AT_ONCE, 1_000_000);
        for (int round = 0; round < Math.min(5, rounds); round++) {
            long product = given.aProduct().price(1).onSale();
            List<Call> calls = new ArrayList<>();
            for (long user : users) {
                calls.add(cancel(client.must(order(user, line(product, 2))).text("orderId")));
                calls.add(order(user, line(product, 1)));
                calls.add(order(user, line(product, 1)));
            }
            calls.add(calls.size() / 2, limitPurchases(product, LIMIT));
            assertThat(Together.send(client, calls))
                    .allMatch(reply -> reply.done() || reply.is("PURCHASE_LIMIT_EXCEEDED"));
            List<Call> more = new ArrayList<>();
            for (long user : users) {
                more.add(order(user, line(product, 1)));
            }
            Together.send(client, more);
            await().until(() ->
                    !client.must(Call.get("/admin/audit")).json().toString().contains("are being counted"));

            for (long user : users) {
                long available = LIMIT - state.sold(product, user);
                Reply rest = client.send(order(user, line(product, LIMIT + 1)));
                assertThat(rest.is("PURCHASE_LIMIT_EXCEEDED"))
                        .as(rest.toString())
                        .isTrue();
                assertThat(rest.number("available")).isEqualTo(available);
            }
        }
    }
}
