package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.issue;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;

@OnDatabase
class CouponRushRaces extends SharedShopRace {

    private static final int USERS = 1_000;
    private static final int COUPONS = 100;
    private static final int CONNECTIONS_MAX = 250;

    @Test
    void givesEveryCouponOnceAndTellsTheRestThatTheyAreGone() throws Exception {
        long campaign = given.aCampaign(1_000, COUPONS);
        Map<Long, CompletableFuture<Reply>> asked = new TreeMap<>();
        Semaphore connections = new Semaphore(CONNECTIONS_MAX);
        for (int i = 0; i < USERS; i++) {
            assertThat(connections.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            long user = given.aUser();
            asked.put(
                    user,
                    client.sendAsync(issue(user, campaign)).whenComplete((reply, failure) -> connections.release()));
        }
        List<Long> places = new ArrayList<>();
        int soldOut = 0;
        int overloaded = 0;
        for (Map.Entry<Long, CompletableFuture<Reply>> each : asked.entrySet()) {
            Reply reply = each.getValue().get(60, TimeUnit.SECONDS);
            List<JsonNode> held = client.all("/coupons?userId=" + each.getKey());
            if (reply.done()) {
                places.add(reply.number("sequence"));
                assertThat(held).hasSize(1);
                assertThat(held.get(0).required("couponId").textValue()).isEqualTo(reply.text("couponId"));
            } else {
                assertThat(reply.code()).isIn("COUPON_SOLD_OUT", "OVERLOADED");
                soldOut += reply.is("COUPON_SOLD_OUT") ? 1 : 0;
                overloaded += reply.is("OVERLOADED") ? 1 : 0;
                assertThat(held).isEmpty();
            }
        }
        assertThat(places)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, COUPONS).boxed().toList());
        Results.note(
                "1,000 users, 100 coupons",
                "%,d issued, places 1..%d, %,d sold out, %,d overloaded; no user holds what he was refused"
                        .formatted(places.size(), COUPONS, soldOut, overloaded));
    }
}
