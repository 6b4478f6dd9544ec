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
import kr.hhplus.commerce.testkit.Books;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.OpenShop;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.Together;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@OnDatabase
@ExtendWith(OpenShop.class)
class PurchaseLimitRaces {

    private static final int AT_ONCE = 8;
    private static final long LIMIT = 3;

    private final Shop shop;
    private final Given given;
    private final Books books;

    PurchaseLimitRaces(Shop shop) {
        this.shop = shop;
        this.given = Given.in(shop);
        this.books = Books.of(shop);
    }

    @AfterEach
    void theBooksAreRight() {
        books.passTheAudit();
    }

    private long aLimitedProduct() {
        long product = given.aProduct().price(1).onSale();
        shop.client().must(limitPurchases(product, LIMIT));
        return product;
    }

    @Test
    void sellsAUserWhatTheLimitAllows() {
        long user = given.aUserWithBalance(1_000_000);
        for (int round = 0; round < Together.rounds(); round++) {
            long product = aLimitedProduct();
            List<Reply> replies =
                    Together.send(shop.client(), Collections.nCopies(AT_ONCE, order(user, line(product, 1))));
            assertThat(replies).filteredOn(Reply::done).hasSize((int) LIMIT);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("PURCHASE_LIMIT_EXCEEDED"));
            assertThat(books.sold(product, user)).isEqualTo(LIMIT);
        }
        Results.note("purchase limit of 3, 8 orders of one user", Together.rounds() + " rounds, three paid in each");
    }

    @Test
    void givesBackWhatCancelledOrdersHeld() {
        long user = given.aUserWithBalance(1_000_000);
        for (int round = 0; round < Together.rounds(); round++) {
            long product = aLimitedProduct();
            String held = shop.client().must(order(user, line(product, LIMIT))).text("orderId");
            List<Call> calls = new ArrayList<>(Collections.nCopies(AT_ONCE, order(user, line(product, 1))));
            calls.add(AT_ONCE / 2, cancel(held));
            List<Reply> replies = new ArrayList<>(Together.send(shop.client(), calls));
            assertThat(replies.remove(AT_ONCE / 2).done()).isTrue();
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("PURCHASE_LIMIT_EXCEEDED"));
            long bought = replies.stream().filter(Reply::done).count();
            assertThat(bought).isLessThanOrEqualTo(LIMIT);
            Reply rest = shop.client().send(order(user, line(product, LIMIT + 1)));
            assertThat(rest.number("available")).isEqualTo(LIMIT - bought);
        }
        Results.note("cancel against 8 orders at the purchase limit", Together.rounds() + " rounds, never beyond it");
    }

    @Test
    void countsEveryOrderOnceWhereItIsSetWhileTheyFlow() {
        long[] users = given.usersWithBalance(AT_ONCE, 1_000_000);
        for (int round = 0; round < Math.min(5, Together.rounds()); round++) {
            long product = given.aProduct().price(1).onSale();
            List<Call> calls = new ArrayList<>();
            for (long user : users) {
                calls.add(
                        cancel(shop.client().must(order(user, line(product, 2))).text("orderId")));
                calls.add(order(user, line(product, 1)));
                calls.add(order(user, line(product, 1)));
            }
            calls.add(calls.size() / 2, limitPurchases(product, LIMIT));
            assertThat(Together.send(shop.client(), calls))
                    .allMatch(reply -> reply.done() || reply.is("PURCHASE_LIMIT_EXCEEDED"));
            List<Call> more = new ArrayList<>();
            for (long user : users) {
                more.add(order(user, line(product, 1)));
            }
            Together.send(shop.client(), more);
            await().until(() -> !shop.client()
                    .must(Call.get("/admin/audit"))
                    .body()
                    .toString()
                    .contains("are being counted"));

            for (long user : users) {
                long available = LIMIT - books.sold(product, user);
                Reply rest = shop.client().send(order(user, line(product, LIMIT + 1)));
                assertThat(rest.is("PURCHASE_LIMIT_EXCEEDED"))
                        .as(rest.toString())
                        .isTrue();
                assertThat(rest.number("available")).isEqualTo(available);
            }
        }
    }
}
