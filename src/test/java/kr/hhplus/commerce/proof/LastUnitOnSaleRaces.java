package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.cancel;
import static kr.hhplus.commerce.testkit.Call.changePrice;
import static kr.hhplus.commerce.testkit.Call.changeStock;
import static kr.hhplus.commerce.testkit.Call.line;
import static kr.hhplus.commerce.testkit.Call.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Together;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnDatabase
class LastUnitOnSaleRaces extends SharedShopRace {

    private static final int BUYERS = 8;
    private static final long PRICE = 100;

    private long[] buyers;

    @BeforeEach
    void buyersWithMoney() {
        buyers = given.usersWithBalance(BUYERS, 10_000_000);
    }

    @AfterEach
    void buyersBalancesAreTheirLedgers() {
        state.ledgersExplainBalancesOf(buyers);
    }

    @Test
    void sellsItToExactlyOneBuyer() {
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(PRICE).stock(1).onSale();
            List<Reply> replies = Together.send(client, ordersFor(product));
            assertThat(replies).filteredOn(Reply::done).hasSize(1);
            assertThat(replies).filteredOn(r -> !r.done()).allSatisfy(reply -> {
                assertThat(reply.code()).isEqualTo("INSUFFICIENT_STOCK");
                assertThat(reply.number("available")).isZero();
                assertThat(reply.number("required")).isEqualTo(1);
            });
            assertThat(state.stock(product)).isZero();
            assertThat(state.sold(product, winner(replies))).isEqualTo(1);
        }
        long left = Arrays.stream(buyers)
                .map(b -> client.must(Call.balance(b)).number("balance"))
                .sum();
        assertThat(left).isEqualTo(BUYERS * 10_000_000L - rounds * PRICE);
        Results.note("last unit, " + BUYERS + " buyers", rounds + " rounds, one winner in each");
    }

    @Test
    void givesAReturnedUnitToOneBuyerAtMost() {
        int resold = 0;
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(PRICE).stock(1).onSale();
            Reply held = client.must(order(buyers[0], line(product, 1)));
            List<Call> calls = new ArrayList<>(ordersFor(product));
            calls.add(BUYERS / 2, cancel(held.text("orderId")));
            List<Reply> replies = new ArrayList<>(Together.send(client, calls));
            assertThat(replies.remove(BUYERS / 2).text("status")).isEqualTo("CANCELLED");
            long won = replies.stream().filter(Reply::done).count();
            assertThat(won).isLessThanOrEqualTo(1);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("INSUFFICIENT_STOCK"));
            assertThat(state.stock(product)).isEqualTo(1 - won);
            resold += (int) won;
        }
        Results.note(
                "cancel against " + BUYERS + " orders, one unit",
                rounds + " rounds, unit resold at once in " + resold + ", never twice");
    }

    @Test
    void isEitherSoldOrTakenOutByTheOperator() {
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(PRICE).stock(1).onSale();
            List<Call> calls = new ArrayList<>(ordersFor(product).subList(0, 2));
            calls.add(changeStock(product, -1));
            calls.add(changeStock(product, -1));
            List<Reply> replies = Together.send(client, calls);
            assertThat(replies).filteredOn(Reply::done).hasSize(1);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("INSUFFICIENT_STOCK"));
            assertThat(state.stock(product)).isZero();
        }
        Results.note("orders against the operator's stock change", rounds + " rounds, one winner in each");
    }

    @Test
    void keepsItsCountWhileTheOperatorChangesThePrice() {
        for (int round = 0; round < rounds; round++) {
            long product = given.aProduct().price(PRICE).stock(BUYERS).onSale();
            List<Call> calls = new ArrayList<>(ordersFor(product));
            calls.add(BUYERS / 2, changePrice(product, PRICE));
            calls.add(changeStock(product, 5));
            assertThat(Together.send(client, calls)).allMatch(Reply::done);
            assertThat(state.stock(product)).isEqualTo(5);
        }
        Results.note(
                BUYERS + " orders against a change of price and of stock", rounds + " rounds, no unit lost or made");
    }

    private List<Call> ordersFor(long product) {
        return Arrays.stream(buyers)
                .mapToObj(buyer -> order(buyer, line(product, 1)))
                .toList();
    }

    private long winner(List<Reply> replies) {
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i).done()) {
                return buyers[i];
            }
        }
        throw new AssertionError("nobody won");
    }
}
