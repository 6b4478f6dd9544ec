package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.cancel;
import static kr.hhplus.commerce.testkit.Call.issue;
import static kr.hhplus.commerce.testkit.Call.line;
import static kr.hhplus.commerce.testkit.Call.order;
import static org.assertj.core.api.Assertions.assertThat;

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
class CancelledTwiceRaces {

    private static final int AT_ONCE = 8;

    private final Shop shop;
    private final Given given;
    private final Books books;

    CancelledTwiceRaces(Shop shop) {
        this.shop = shop;
        this.given = Given.in(shop);
        this.books = Books.of(shop);
    }

    @AfterEach
    void theBooksAreRight() {
        books.passTheAudit();
    }

    @Test
    void givesBackOnce() {
        long user = given.aUserWithBalance(1_000);
        for (int round = 0; round < Together.rounds(); round++) {
            long product = given.aProduct().price(1_000).stock(3).onSale();
            String coupon =
                    shop.client().must(issue(user, given.aCampaign(100, 1))).text("couponId");
            String order =
                    shop.client().must(order(user, coupon, line(product, 1))).text("orderId");
            List<Reply> replies = Together.send(shop.client(), Collections.nCopies(AT_ONCE, cancel(order)));
            assertThat(replies).filteredOn(Reply::done).hasSize(1).allMatch(r -> r.number("balance") == 1_000);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("ORDER_NOT_CANCELLABLE"));
            assertThat(books.stock(product)).isEqualTo(3);
            assertThat(shop.client().must(Call.balance(user)).number("balance")).isEqualTo(1_000);
            assertThat(books.entries(user, "REFUND", order)).isEqualTo(1);
            assertThat(shop.client().all("/coupons?status=ISSUED&userId=" + user))
                    .anyMatch(c -> c.required("couponId").textValue().equals(coupon));
        }
        books.ofUser(user);
        Results.note("one order, " + AT_ONCE + " cancels", Together.rounds() + " rounds, one refund in each");
    }

    @Test
    void lendsTheCouponToOneNewOrderAtMost() {
        long user = given.aUserWithBalance(1_000_000);
        long product = given.aProduct().price(1_000).onSale();
        for (int round = 0; round < Together.rounds(); round++) {
            String coupon =
                    shop.client().must(issue(user, given.aCampaign(100, 1))).text("couponId");
            Call withCoupon = order(user, coupon, line(product, 1));
            String first = shop.client().must(withCoupon).text("orderId");
            List<Call> calls = new ArrayList<>(Collections.nCopies(AT_ONCE, withCoupon));
            calls.add(AT_ONCE / 2, cancel(first));
            List<Reply> replies = new ArrayList<>(Together.send(shop.client(), calls));
            assertThat(replies.remove(AT_ONCE / 2).done()).isTrue();
            assertThat(replies).filteredOn(Reply::done).hasSizeLessThanOrEqualTo(1);
            assertThat(replies).filteredOn(r -> !r.done()).allMatch(r -> r.is("COUPON_ALREADY_USED"));
        }
        books.ofUser(user);
        Results.note(
                "cancel against " + AT_ONCE + " orders with its coupon",
                Together.rounds() + " rounds, never two live orders with one coupon");
    }
}
