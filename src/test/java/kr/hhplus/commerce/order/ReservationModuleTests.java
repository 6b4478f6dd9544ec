package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderCommand.FulfilOrder;
import kr.hhplus.commerce.order.OrderCommand.HoldReservation;
import kr.hhplus.commerce.order.OrderCommand.ReleaseReservation;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Reservations over HTTP. */
@OnDatabase
@ServedShop
class ReservationModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private OrderBatchHandler handler;

    @Autowired
    private Reservations reservations;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private MeterRegistry metrics;

    ReservationModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    @AfterEach
    void reconcile() {
        assertThat(client.must(Call.get("/admin/audit")).json().get("ok").booleanValue())
                .isTrue();
    }

    private Reply refused(Call call, String code) {
        Reply reply = client.send(call);
        assertThat(reply.code()).as(reply.toString()).isEqualTo(code);
        return reply;
    }

    private long stock(long product) {
        return client.must(Call.product(product)).number("stock");
    }

    private void expire(String reservation) {
        jdbc.update(
                "UPDATE reservation SET expires_at = created_at WHERE id = ?",
                IdText.parse(reservation).orElseThrow());
    }

    @Test
    void holdsThePiecesWhileTheBuyerTopsUp() {
        long product = given.aProduct().price(1_000).stock(3).onSale();
        long user = given.aUser();
        Call hold =
                Call.hold(user, Call.line(product, 1), Call.line(product, 2)).withKey("hold");
        Reply held = client.must(hold);
        String id = held.text("reservationId");
        assertThat(held.status()).isEqualTo(201);
        assertThat(held.headers()).containsEntry("Location", "/reservations/" + id);
        assertThat(Duration.between(Instant.parse(held.text("createdAt")), Instant.parse(held.text("expiresAt"))))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(held.json().at("/items/0/quantity").longValue()).isEqualTo(3);
        assertThat(stock(product)).isZero();
        assertThat(client.must(hold).json()).isEqualTo(held.json());
        refused(Call.hold(user, Call.line(product, 1)).withKey("hold"), "IDEMPOTENCY_KEY_REUSED");

        Call pay = Call.payReservation(user, id).withKey("pay");
        refused(pay, "INSUFFICIENT_BALANCE");
        client.must(Call.charge(user, 3_000));
        Reply order = client.must(pay);
        assertThat(order.number("paidAmount")).isEqualTo(3_000);
        assertThat(client.must(pay).replayed()).isTrue();
        refused(Call.payReservation(user, "other").withKey("pay"), "IDEMPOTENCY_KEY_REUSED");
        refused(Call.payReservation(user, "other"), "RESERVATION_NOT_FOUND");
        Reply paid = client.must(Call.reservation(id));
        assertThat(paid.text("status")).isEqualTo("PAID");
        assertThat(paid.text("orderId")).isEqualTo(order.text("orderId"));
        Reply again = refused(Call.payReservation(user, id), "RESERVATION_EXPIRED");
        assertThat(again.text("orderId")).isEqualTo(order.text("orderId"));
        assertThat(refused(Call.release(id), "RESERVATION_EXPIRED").text("cause"))
                .isEqualTo("PAID");
        assertThat(stock(product)).isZero();

        client.must(Call.cancel(order.text("orderId")));
        assertThat(stock(product)).isEqualTo(3);
        assertThat(client.must(hold).json()).isEqualTo(held.json());
    }

    @Test
    void expiresByItselfAndIsOnSaleAgain() {
        long product = given.aProduct().stock(2).onSale();
        long user = given.aUserWithBalance(10_000);
        String id = client.must(Call.hold(user, 10, Call.line(product, 2))).text("reservationId");
        expire(id);
        assertThat(refused(Call.payReservation(user, id), "RESERVATION_EXPIRED").text("cause"))
                .isEqualTo("EXPIRED");
        assertThat(client.must(Call.reservation(id)).text("status")).isEqualTo("EXPIRED");
        Awaitility.await().until(() -> stock(product) == 2);
        assertThat(client.must(Call.release(id)).text("status")).isEqualTo("EXPIRED");
        assertThat(stock(product)).isEqualTo(2);
    }

    @Test
    void takesEitherItemsOrAReservation() {
        long product = given.aProduct().onSale();
        long user = given.aUser();
        Object line = List.of(Call.line(product, 1));
        Reply both = refused(
                Call.post("/orders", Map.of("userId", user, "items", line, "reservationId", "0000000000001")),
                "INVALID_REQUEST");
        assertThat(both.errors()).containsOnlyKeys("/items");
        assertThat(both.errors().get("/items")).contains("reservationId");
        Reply none = refused(Call.post("/orders", Map.of("userId", user)), "INVALID_REQUEST");
        assertThat(none.errors()).containsEntry("/items", "is required");
    }

    @Test
    void lastsAsLongAsTheShopAllows() {
        long product = given.aProduct().onSale();
        long user = given.aUser();
        for (long ttl : new long[] {9, 1_801}) {
            Reply reply = refused(Call.hold(user, ttl, Call.line(product, 1)), "INVALID_REQUEST");
            assertThat(reply.errors()).containsEntry("/ttlSeconds", "must be from 10 to 1800");
        }
        Reply held = client.must(Call.hold(user, 1_800, Call.line(product, 1)));
        assertThat(Instant.parse(held.text("expiresAt")))
                .isEqualTo(Instant.parse(held.text("createdAt")).plusSeconds(1_800));
    }

    @Test
    void countsForThePurchaseLimitWhileItIsOpenAndOncePaid() {
        long product = given.aProduct().onSale();
        client.must(Call.limitPurchases(product, 2L));
        long user = given.aUserWithBalance(10_000);
        String id = client.must(Call.hold(user, Call.line(product, 2))).text("reservationId");
        refused(Call.order(user, Call.line(product, 1)), "PURCHASE_LIMIT_EXCEEDED");
        reconcile();
        client.must(Call.release(id));
        reconcile();
        client.must(Call.order(user, Call.line(product, 1)));
        String paid = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        client.must(Call.payReservation(user, paid));
        refused(Call.hold(user, Call.line(product, 1)), "PURCHASE_LIMIT_EXCEEDED");
    }

    @Test
    void canBeSwitchedOffForAProduct() {
        long product = given.aProduct().onSale();
        long user = given.aUserWithBalance(10_000);
        String before = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        client.must(new Call("PATCH", "/admin/products/" + product, Map.of("reservable", false), null));
        assertThat(client.must(Call.product(product)).json().get("reservable").booleanValue())
                .isFalse();
        Reply reply = refused(Call.hold(user, Call.line(product, 1)), "RESERVATION_LIMIT_EXCEEDED");
        assertThat(reply.number("productId")).isEqualTo(product);
        assertThat(reply.number("limit")).isZero();
        client.must(Call.payReservation(user, before));
    }

    @Test
    void neverAsksTheSoldOutCacheAndClearsIt() {
        long product = given.aProduct().stock(1).onSale();
        long user = given.aUserWithBalance(10_000);
        long other = given.aUserWithBalance(10_000);
        Call order = Call.order(other, Call.line(product, 1));
        String id = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        awaitRefusalByTheCache(order);
        client.must(Call.release(id));
        String cancelled = client.must(order).text("orderId");
        client.must(Call.cancel(cancelled));

        String held = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        awaitRefusalByTheCache(order);
        client.must(Call.payReservation(user, held));
    }

    private void awaitRefusalByTheCache(Call order) {
        Awaitility.await().until(() -> {
            double before = refusalsByTheCache();
            refused(order, "INSUFFICIENT_STOCK");
            return refusalsByTheCache() > before;
        });
    }

    private double refusalsByTheCache() {
        return metrics.get("commerce.soldout.cache.refusals")
                .tag("kind", "product")
                .counter()
                .count();
    }

    @Test
    void dropsTheSoldOutEntryOnlyWhenItEnds() {
        long product = given.aProduct().stock(1).onSale();
        long user = given.aUserWithBalance(10_000);
        String ended = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        client.must(Call.release(ended));
        client.must(Call.order(user, Call.line(product, 1)));
        awaitRefusalByTheCache(Call.order(user, Call.line(product, 1)));
        double before = soldOutEntries();
        client.must(Call.release(ended));
        assertThat(soldOutEntries()).isEqualTo(before);
    }

    private double soldOutEntries() {
        return metrics.get("commerce.soldout.cache.size")
                .tag("kind", "product")
                .gauge()
                .value();
    }

    @Test
    void isAuditedIfAnotherReleasesIt() {
        long product = given.aProduct().onSale();
        long user = given.aUser();
        String id = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        ReleaseReservation release =
                new ReleaseReservation(user, IdText.parse(id).orElseThrow(), "the back-end");
        decide(release, false);
        decide(release, false);
        assertThat(client.must(Call.get("/admin/trail?kind=RESERVATION_RELEASED"))
                        .json()
                        .get("items"))
                .hasSize(1)
                .first()
                .satisfies(entry -> {
                    assertThat(entry.get("who").textValue()).isEqualTo("the back-end");
                    assertThat(entry.get("what").textValue()).isEqualTo("reservation " + id);
                });
    }

    @Test
    void isKeptIfItIsOpenOrPaid() {
        long product = given.aProduct().onSale();
        long user = given.aUserWithBalance(10_000);
        String paid = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        client.must(Call.payReservation(user, paid));
        String released = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        client.must(Call.release(released));
        String open = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        reservations.deleteEnded(Instant.now());
        client.must(Call.reservation(released));
        reservations.deleteEnded(Instant.now().plus(Duration.ofDays(1)));
        refused(Call.reservation(released), "RESERVATION_NOT_FOUND");
        client.must(Call.reservation(open));
        client.must(Call.reservation(paid));
    }

    private BatchResult<CommandResult<?>> decide(OrderCommand command, boolean rollback) {
        return transaction.execute(status -> {
            if (rollback) {
                status.setRollbackOnly();
            }
            return handler.decideBatch(List.of(command));
        });
    }

    @Test
    void isProvedByItsOwnRowWhereTheOutcomeOfACommitIsUnknown() {
        long product = given.aProduct().stock(9).onSale();
        long user = given.aUserWithBalance(10_000);
        HoldReservation hold = new HoldReservation(
                user, new TreeMap<>(Map.of(product, 1L)), Duration.ofMinutes(1), IdempotencyKey.NONE);
        assertThat(isProvedIfCommitted(hold)).isTrue();
        assertThat(stock(product)).isEqualTo(8);
        long held = jdbc.queryForObject("SELECT id FROM reservation WHERE user_id = ?", Long.class, user);
        assertThat(isProvedIfCommitted(new ReleaseReservation(user, held, null)))
                .isTrue();
        assertThat(stock(product)).isEqualTo(9);
        String order = client.must(Call.order(user, Call.line(product, 1))).text("orderId");
        assertThat(isProvedIfCommitted(
                        new FulfilOrder(user, IdText.parse(order).orElseThrow(), "an operator", IdempotencyKey.NONE)))
                .isTrue();
    }

    private boolean isProvedIfCommitted(OrderCommand command) {
        BatchResult<CommandResult<?>> rolledBack = decide(command, true);
        assertThat(isCommitted(rolledBack)).isFalse();
        return isCommitted(decide(command, false));
    }

    private boolean isCommitted(BatchResult<CommandResult<?>> batch) {
        return Boolean.TRUE.equals(
                transaction.<Boolean>execute(status -> batch.isCommitted().getAsBoolean()));
    }
}
