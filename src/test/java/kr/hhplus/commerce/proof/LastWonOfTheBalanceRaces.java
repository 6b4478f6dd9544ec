package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.charge;
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
class LastWonOfTheBalanceRaces extends SharedShopRace {

    private static final long LIMIT = 100_000_000;
    private static final long PRICE = 100;
    private static final int AT_ONCE = 8;

    @Test
    void paysForExactlyOneOrder() {
        long[] products = new long[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            products[i] = given.aProduct().price(PRICE).onSale();
        }
        long user = given.aUser();
        for (int round = 0; round < rounds; round++) {
            client.must(charge(user, PRICE));
            List<Call> calls = new ArrayList<>();
            for (long product : products) {
                calls.add(order(user, line(product, 1)));
            }
            List<Reply> replies = Together.send(client, calls);
            assertThat(replies).filteredOn(Reply::done).hasSize(1).allMatch(r -> r.number("balance") == 0);
            assertThat(replies).filteredOn(r -> !r.done()).allSatisfy(reply -> {
                assertThat(reply.code()).isEqualTo("INSUFFICIENT_BALANCE");
                assertThat(reply.number("available")).isZero();
                assertThat(reply.number("required")).isEqualTo(PRICE);
            });
        }
        state.ledgerExplainsBalanceOf(user);
        Results.note("last won, " + AT_ONCE + " orders", rounds + " rounds, one paid in each");
    }

    @Test
    void isSpentAndChargedAtOnceWithoutLosingEither() {
        long product = given.aProduct().price(PRICE).onSale();
        long user = given.aUserWithBalance(AT_ONCE * PRICE);
        List<Call> calls = new ArrayList<>(Collections.nCopies(AT_ONCE, order(user, line(product, 1))));
        calls.addAll(Collections.nCopies(AT_ONCE, charge(user, PRICE)));
        for (int round = 0; round < rounds; round++) {
            Collections.rotate(calls, 3);
            assertThat(Together.send(client, calls)).allMatch(Reply::done);
            assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(AT_ONCE * PRICE);
        }
        state.ledgerExplainsBalanceOf(user);
        Results.note(
                AT_ONCE + " charges against " + AT_ONCE + " orders of one user",
                rounds + " rounds, balance exact after each");
    }

    @Test
    void neverRisesAboveTheLimit() {
        long product = given.aProduct().price(PRICE).onSale();
        long user = given.aUserWithBalance(LIMIT - PRICE);
        for (int round = 0; round < rounds; round++) {
            List<Reply> replies = Together.send(client, Collections.nCopies(AT_ONCE, charge(user, PRICE)));
            assertThat(replies).filteredOn(Reply::done).hasSize(1).allMatch(r -> r.number("balance") == LIMIT);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("BALANCE_LIMIT_EXCEEDED"));
            client.must(order(user, line(product, 1)));
        }
        state.ledgerExplainsBalanceOf(user);
        Results.note("balance limit, " + AT_ONCE + " charges", rounds + " rounds, one taken in each");
    }
}
