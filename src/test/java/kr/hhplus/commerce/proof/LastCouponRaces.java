package kr.hhplus.commerce.proof;

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
class LastCouponRaces extends SharedShopRace {

    private static final int AT_ONCE = 8;

    @Test
    void goesToExactlyOneUser() {
        for (int round = 0; round < rounds; round++) {
            long campaign = given.aCampaign(100, 1);
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                calls.add(issue(given.aUser(), campaign));
            }
            List<Reply> replies = Together.send(client, calls);
            assertThat(replies).filteredOn(Reply::done).hasSize(1).allMatch(r -> r.number("sequence") == 1);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("COUPON_SOLD_OUT"));
        }
        Results.note("last coupon, " + AT_ONCE + " users", rounds + " rounds, one winner in each");
    }

    @Test
    void isNotGivenToOneUserTwice() {
        for (int round = 0; round < rounds; round++) {
            long campaign = given.aCampaign(100, 2);
            long user = given.aUser();
            List<Reply> replies = Together.send(client, Collections.nCopies(AT_ONCE, issue(user, campaign)));
            assertThat(replies).filteredOn(Reply::done).hasSize(1);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("COUPON_ALREADY_ISSUED"));
            assertThat(client.all("/coupons?userId=" + user)).hasSize(1);
            assertThat(client.must(issue(given.aUser(), campaign)).number("sequence"))
                    .isEqualTo(2);
        }
        Results.note("one user asks " + AT_ONCE + " times", rounds + " rounds, one coupon in each");
    }

    @Test
    void paysForExactlyOneOrder() {
        long[] products = {given.aProduct().onSale(), given.aProduct().onSale()};
        for (int round = 0; round < rounds; round++) {
            long user = given.aUserWithBalance(1_000_000);
            String coupon = client.must(issue(user, given.aCampaign(100, 1))).text("couponId");
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                calls.add(order(user, coupon, line(products[i % 2], 1)));
            }
            List<Reply> replies = Together.send(client, calls);
            assertThat(replies)
                    .filteredOn(Reply::done)
                    .hasSize(1)
                    .allMatch(r -> r.text("couponId").equals(coupon) && r.number("discountAmount") == 100);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("COUPON_ALREADY_USED"));
            state.ledgerExplainsBalanceOf(user);
        }
        Results.note("one coupon in " + AT_ONCE + " orders", rounds + " rounds, one order in each");
    }
}
