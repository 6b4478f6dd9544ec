package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.cancel;
import static kr.hhplus.commerce.testkit.Call.fulfil;
import static kr.hhplus.commerce.testkit.Call.issue;
import static kr.hhplus.commerce.testkit.Call.line;
import static kr.hhplus.commerce.testkit.Call.order;
import static kr.hhplus.commerce.testkit.Call.refund;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Together;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On MySQL the calls of a race go to three instances. */
@Tag("database")
class RefundRaces extends SharedShopRace {

    private static final int AT_ONCE = 8;

    private long balance(long user) {
        return client.must(Call.balance(user)).number("balance");
    }

    private String status(String orderId) {
        return client.must(Call.get("/orders/" + orderId)).text("status");
    }

    @Test
    void refundsEveryPieceOnce() {
        long user = given.aUserWithBalance(2_899);
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(1_000).stock(3).onSale();
            String coupon = client.must(issue(user, given.aCampaign(101, 1))).text("couponId");
            String order = client.must(order(user, coupon, line(product, 3))).text("orderId");
            assertThat(balance(user)).isZero();
            List<Reply> replies = Together.send(client, Collections.nCopies(AT_ONCE, refund(order, line(product, 1))));
            // 2,899 / 3 = 966.33: the won that is left goes to the last piece.
            assertThat(replies)
                    .filteredOn(Reply::done)
                    .extracting(r -> r.number("amount"))
                    .containsExactlyInAnyOrder(966L, 966L, 967L);
            assertThat(replies)
                    .filteredOn(Reply::done)
                    .filteredOn(r -> r.json().get("couponReturned").booleanValue())
                    .hasSize(1);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("ORDER_NOT_REFUNDABLE"));
            assertThat(balance(user)).isEqualTo(2_899);
            assertThat(state.stock(product)).isEqualTo(3);
            assertThat(state.entries(user, "REFUND", order)).isEqualTo(3);
        }
        state.ledgerExplainsBalanceOf(user);
        Results.note("3 pieces, " + AT_ONCE + " refunds of one", rounds + " rounds, each piece refunded once");
    }

    @Test
    void refundsOrCancelsButNotBoth() {
        long user = given.aUserWithBalance(2_000);
        int cancelled = 0;
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(1_000).stock(2).onSale();
            String order = client.must(order(user, line(product, 2))).text("orderId");
            List<Call> calls = new ArrayList<>(Collections.nCopies(AT_ONCE / 2, refund(order, line(product, 1))));
            calls.addAll(Collections.nCopies(AT_ONCE / 2, cancel(order)));
            Collections.rotate(calls, round);
            List<Reply> done =
                    Together.send(client, calls).stream().filter(Reply::done).toList();
            boolean whole = status(order).equals("CANCELLED");
            cancelled += whole ? 1 : 0;
            assertThat(done).hasSize(whole ? 1 : 2);
            assertThat(status(order)).isIn("CANCELLED", "REFUNDED");
            assertThat(balance(user)).isEqualTo(2_000);
            assertThat(state.stock(product)).isEqualTo(2);
        }
        state.ledgerExplainsBalanceOf(user);
        Results.note("refunds against cancels", rounds + " rounds, cancelled in " + cancelled + ", never both");
    }

    @Test
    void refundsNothingToTheBuyerAfterFulfilment() {
        long user = given.aUserWithBalance(8_000);
        int refunded = 0;
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(1_000).stock(8).onSale();
            String order = client.must(order(user, line(product, 8))).text("orderId");
            List<Call> calls = new ArrayList<>(Collections.nCopies(AT_ONCE - 1, refund(order, line(product, 1))));
            calls.add(AT_ONCE / 2, fulfil(order));
            List<Reply> replies = new ArrayList<>(Together.send(client, calls));
            assertThat(replies.remove(AT_ONCE / 2).done()).isTrue();
            long before = replies.stream().filter(Reply::done).count();
            refunded += (int) before;
            assertThat(replies)
                    .filteredOn(r -> !r.done())
                    .allMatch(
                            r -> r.is("ORDER_NOT_REFUNDABLE") && r.text("cause").equals("FULFILLED"));
            assertThat(state.stock(product)).isEqualTo(before);
            assertThat(balance(user)).isEqualTo(before * 1_000);
            client.must(Call.charge(user, 8_000 - before * 1_000));
        }
        state.ledgerExplainsBalanceOf(user);
        Results.note("7 refunds against a fulfilment", rounds + " rounds, " + refunded + " before it, none after");
    }
}
