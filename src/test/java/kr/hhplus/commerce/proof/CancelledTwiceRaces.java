package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.cancel;
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
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealServers.class)
class CancelledTwiceRaces extends SharedShopRace {

    private static final int AT_ONCE = 8;

    @Test
    void givesBackOnce() {
        long user = given.aUserWithBalance(1_000);
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(1_000).stock(3).onSale();
            String coupon = client.must(issue(user, given.aCampaign(100, 1))).text("couponId");
            String order = client.must(order(user, coupon, line(product, 1))).text("orderId");
            List<Reply> replies = Together.send(client, Collections.nCopies(AT_ONCE, cancel(order)));
            assertThat(replies).filteredOn(Reply::done).hasSize(1).allMatch(r -> r.number("balance") == 1_000);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("ORDER_NOT_CANCELLABLE"));
            assertThat(state.stock(product)).isEqualTo(3);
            assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(1_000);
            assertThat(state.entries(user, "REFUND", order)).isEqualTo(1);
            assertThat(client.all("/coupons?status=ISSUED&userId=" + user))
                    .anyMatch(c -> c.required("couponId").textValue().equals(coupon));
        }
        state.ledgerExplainsBalanceOf(user);
        Results.note("one order, " + AT_ONCE + " cancels", rounds + " rounds, one refund in each");
    }

    @Test
    void lendsTheCouponToOneNewOrderAtMost() {
        long user = given.aUserWithBalance(1_000_000);
        long product = given.aProduct().price(1_000).onSale();
        for (int round = 0; round < rounds; round++) {
            String coupon = client.must(issue(user, given.aCampaign(100, 1))).text("couponId");
            Call withCoupon = order(user, coupon, line(product, 1));
            String first = client.must(withCoupon).text("orderId");
            List<Call> calls = new ArrayList<>(Collections.nCopies(AT_ONCE, withCoupon));
            calls.add(AT_ONCE / 2, cancel(first));
            List<Reply> replies = new ArrayList<>(Together.send(client, calls));
            assertThat(replies.remove(AT_ONCE / 2).done()).isTrue();
            assertThat(replies).filteredOn(Reply::done).hasSizeLessThanOrEqualTo(1);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("COUPON_ALREADY_USED"));
        }
        state.ledgerExplainsBalanceOf(user);
        Results.note(
                "cancel against " + AT_ONCE + " orders with its coupon",
                rounds + " rounds, never two live orders with one coupon");
    }
}
