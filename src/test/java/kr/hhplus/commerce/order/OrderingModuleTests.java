package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders over HTTP: what an order takes, a cancellation gives back. */
@OnDatabase
@ServedShop
class OrderingModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private OrderBatchHandler handler;

    @Autowired
    private TransactionTemplate transaction;

    OrderingModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private Reply send(Call call) {
        return client.send(call);
    }

    private void refused(Call call, int status, String code) {
        Reply reply = send(call);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    private long balance(long user) {
        return client.must(Call.balance(user)).number("balance");
    }

    @Test
    void givesEverythingBackOnce() {
        long product = client.must(Call.post(
                        "/admin/products", Map.of("name", "Limited", "price", 1_000, "stock", 5, "purchaseLimit", 2)))
                .number("productId");
        long user = given.aUserWithBalance(2_000);
        String coupon = client.must(Call.issue(user, given.aCampaign(300, 1))).text("couponId");
        Reply order = client.must(Call.order(user, coupon, Call.line(product, 1), Call.line(product, 1)));
        assertThat(order.status()).isEqualTo(201);
        assertThat(order.headers()).containsEntry("Location", "/orders/" + order.text("orderId"));
        assertThat(order.number("paidAmount")).isEqualTo(1_700);
        assertThat(order.number("balance")).isEqualTo(300);
        refused(Call.order(user, coupon, Call.line(product, 1)), 409, "PURCHASE_LIMIT_EXCEEDED");
        assertThat(couponOf(user).get("usedOrderId").textValue()).isEqualTo(order.text("orderId"));

        Reply cancelled = client.must(Call.cancel(order.text("orderId")));
        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
        assertThat(cancelled.number("balance")).isEqualTo(2_000);
        assertThat(client.must(Call.product(product)).number("stock")).isEqualTo(5);
        assertThat(couponOf(user).get("status").textValue()).isEqualTo("ISSUED");
        refused(Call.cancel(order.text("orderId")), 409, "ORDER_NOT_CANCELLABLE");
        assertThat(balance(user)).isEqualTo(2_000);
        client.must(Call.order(user, coupon, Call.line(product, 2)));
    }

    @Test
    void doesNotTakeTheCancellationOfAnotherInstanceForItsOwn() {
        long user = given.aUserWithBalance(1_000);
        String order = client.must(Call.order(user, Call.line(given.aProduct().onSale(), 1)))
                .text("orderId");
        CancelOrder cancel = new CancelOrder(
                user,
                IdText.parse(order).orElseThrow(),
                false,
                null,
                IdempotencyKey.of(Caller.UNRESTRICTED, null, "cancel"));
        BatchResult<CommandResult<?>> rolledBack = transaction.execute(status -> {
            status.setRollbackOnly();
            return handler.decideBatch(List.of(cancel));
        });
        client.must(Call.cancel(order));
        assertThat(transaction.<Boolean>execute(
                        status -> rolledBack.isCommitted().getAsBoolean()))
                .isFalse();
    }

    private JsonNode couponOf(long user) {
        return client.all("/coupons?userId=" + user).get(0);
    }

    @Test
    void cannotBeCancelledByTheBuyerOnceFulfilledOrTooLate() {
        long product = given.aProduct().onSale();
        long user = given.aUserWithBalance(3_000);
        String sent = client.must(Call.order(user, Call.line(product, 1))).text("orderId");
        Reply fulfilled = client.must(Call.fulfil(sent));
        assertThat(fulfilled.text("status")).isEqualTo("PAID");
        assertThat(client.must(Call.fulfil(sent)).json()).isEqualTo(fulfilled.json());
        refusedBecause("FULFILLED", Call.cancel(sent));

        String old = client.must(Call.order(user, Call.line(product, 1))).text("orderId");
        jdbc.update(
                "UPDATE orders SET ordered_at = '2026-01-01 00:00:00' WHERE id = ?",
                IdText.parse(old).orElseThrow());
        refusedBecause("TOO_LATE", Call.cancel(old));
        assertThat(balance(user)).isEqualTo(1_000);

        String cancelled = client.must(Call.order(user, Call.line(product, 1))).text("orderId");
        client.must(Call.cancel(cancelled));
        refusedBecause("CANCELLED", Call.cancel(cancelled));
        refusedBecause("CANCELLED", Call.fulfil(cancelled));
        assertThat(client.must(Call.get("/admin/audit")).json().get("ok").booleanValue())
                .isTrue();
        assertThat(eventsOf(sent)).containsExactly("OrderPaid", "OrderFulfilled");
    }

    private List<CommandResult<?>> decide(OrderCommand... commands) {
        return transaction.execute(
                status -> handler.decideBatch(List.of(commands)).results());
    }

    /** The second batch begins while the first one is decided, but not yet committed. */
    private List<CommandResult<?>> decideInTwoBatches(OrderCommand first, OrderCommand second) {
        List<CommandResult<?>> results = new ArrayList<>();
        AtomicReference<CompletableFuture<CommandResult<?>>> later = new AtomicReference<>();
        transaction.executeWithoutResult(status -> {
            results.add(handler.decideBatch(List.of(first)).results().get(0));
            later.set(CompletableFuture.supplyAsync(() -> decide(second).get(0)));
            assertThatThrownBy(() -> later.get().get(300, TimeUnit.MILLISECONDS))
                    .as("the second batch waits for the first")
                    .isInstanceOf(TimeoutException.class);
        });
        results.add(later.get().join());
        return results;
    }

    private static String said(CommandResult<?> result) {
        return result instanceof CommandResult.Refused<?> refused
                ? refused.refusal().fields().get("cause").toString()
                : "done";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isEitherFulfilledOrCancelledByItsBuyerWhereBothCome(boolean inOneBatch) {
        long product = given.aProduct().price(1_000).stock(10).onSale();
        long user = given.aUserWithBalance(4_000);
        List<Long> orders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            orders.add(IdText.parse(
                            client.must(Call.order(user, Call.line(product, 1))).text("orderId"))
                    .orElseThrow());
        }
        OrderCommand byOperator = new CancelOrder(user, orders.get(2), true, "an operator", IdempotencyKey.NONE);
        OrderCommand operatorsToo = new CancelOrder(user, orders.get(3), true, "an operator", IdempotencyKey.NONE);
        BiFunction<OrderCommand, OrderCommand, List<CommandResult<?>>> both =
                inOneBatch ? this::decide : this::decideInTwoBatches;
        assertThat(both.apply(Goods.fulfil(user, orders.get(0)), Goods.cancel(user, orders.get(0))))
                .extracting(OrderingModuleTests::said)
                .containsExactly("done", "FULFILLED");
        assertThat(both.apply(Goods.cancel(user, orders.get(1)), Goods.fulfil(user, orders.get(1))))
                .extracting(OrderingModuleTests::said)
                .containsExactly("done", "CANCELLED");
        assertThat(both.apply(Goods.fulfil(user, orders.get(2)), byOperator))
                .extracting(OrderingModuleTests::said)
                .containsExactly("done", "done");
        assertThat(both.apply(operatorsToo, Goods.fulfil(user, orders.get(3))))
                .extracting(OrderingModuleTests::said)
                .containsExactly("done", "CANCELLED");
        assertThat(balance(user)).isEqualTo(3_000);
        assertThat(orders)
                .extracting(order -> eventsOf(IdText.of(order)))
                .containsExactly(
                        List.of("OrderPaid", "OrderFulfilled"),
                        List.of("OrderPaid", "OrderCancelled"),
                        List.of("OrderPaid", "OrderFulfilled", "OrderCancelled"),
                        List.of("OrderPaid", "OrderCancelled"));
        JsonNode fulfilledFirst =
                client.must(Call.get("/orders/" + IdText.of(orders.get(2)))).json();
        assertThat(fulfilledFirst.get("status").textValue()).isEqualTo("CANCELLED");
        assertThat(fulfilledFirst.hasNonNull("fulfilledAt")).isTrue();
        assertThat(client.must(Call.get("/admin/audit")).json().get("ok").booleanValue())
                .isTrue();
    }

    private List<String> eventsOf(String order) {
        return client.events().stream()
                .filter(event -> event.at("/data/orderId").asText().equals(order))
                .map(event -> event.get("type").asText())
                .toList();
    }

    private void refusedBecause(String cause, Call call) {
        Reply reply = send(call);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
        assertThat(reply.text("cause")).isEqualTo(cause);
    }

    @Test
    void leavesAnExpiredCouponExpired() {
        long product = given.aProduct().onSale();
        long user = given.aUserWithBalance(2_000);
        String coupon = client.must(Call.issue(user, given.aCampaign(300, 1))).text("couponId");
        String order =
                client.must(Call.order(user, coupon, Call.line(product, 1))).text("orderId");
        jdbc.update("UPDATE coupon SET expires_at = issued_at WHERE user_id = ?", user);
        assertThat(couponOf(user).get("status").textValue()).isEqualTo("USED");
        client.must(Call.cancel(order));
        assertThat(couponOf(user).get("status").textValue()).isEqualTo("EXPIRED");
        refused(Call.order(user, coupon, Call.line(product, 1)), 409, "COUPON_EXPIRED");
        assertThat(client.all("/coupons?userId=" + user + "&status=EXPIRED")).hasSize(1);
        assertThat(client.all("/coupons?userId=" + user + "&status=ISSUED")).isEmpty();
    }

    @Test
    void tellsNothingOfWhatBelongsToOthers() {
        long product = given.aProduct().onSale();
        long owner = given.aUserWithBalance(2_000);
        String coupon = client.must(Call.issue(owner, given.aCampaign(300, 1))).text("couponId");
        long other = given.aUserWithBalance(2_000);
        refused(Call.order(other, coupon, Call.line(product, 1)), 404, "COUPON_NOT_FOUND");
        refused(Call.order(other, "nothing", Call.line(product, 1)), 404, "COUPON_NOT_FOUND");
        for (String id : List.of("0000000000009", "9", "abc")) {
            refused(Call.get("/orders/" + id), 404, "ORDER_NOT_FOUND");
            refused(Call.cancel(id), 404, "ORDER_NOT_FOUND");
        }
        refused(Call.get("/orders?userId=" + owner + "&cursor=zzz"), 400, "INVALID_CURSOR");
    }

    @Test
    void answersAKeyAsTheFirstTimeEvenAfterTheOrderWasCancelled() {
        long product = given.aProduct().onSale();
        long user = given.aUserWithBalance(2_000);
        Call place = Call.order(user, Call.line(product, 1)).withKey("place");
        Reply first = client.must(place);
        Call cancel = Call.cancel(first.text("orderId")).withKey("cancel");
        Reply cancelled = client.must(cancel);
        client.must(Call.charge(user, 1));
        for (Call call : List.of(place, cancel)) {
            Reply again = client.must(call);
            assertThat(again.replayed()).isTrue();
            assertThat(again.json()).isEqualTo(call == place ? first.json() : cancelled.json());
        }
        assertThat(balance(user)).isEqualTo(2_001);
        refused(Call.charge(user, 1).withKey("place"), 422, "IDEMPOTENCY_KEY_REUSED");
        refused(Call.order(user, Call.line(product, 2)).withKey("place"), 422, "IDEMPOTENCY_KEY_REUSED");
        refused(Call.cancel(first.text("orderId")).withKey("place"), 422, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void takesARefusedKeyAgain() {
        long product = given.aProduct().onSale();
        long user = given.aUser();
        Call call = Call.order(user, Call.line(product, 1)).withKey("retried");
        refused(call, 409, "INSUFFICIENT_BALANCE");
        client.must(Call.charge(user, 1_000));
        assertThat(client.must(call).replayed()).isFalse();
        assertThat(client.must(call).replayed()).isTrue();
    }
}
