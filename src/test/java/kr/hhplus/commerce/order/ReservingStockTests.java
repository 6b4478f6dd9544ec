package kr.hhplus.commerce.order;

import static kr.hhplus.commerce.order.Goods.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.order.OrderCommand.ExpireReservation;
import kr.hhplus.commerce.order.OrderCommand.ReleaseReservation;
import kr.hhplus.commerce.order.OrderRefusal.ReservationExpired;
import kr.hhplus.commerce.order.OrderRefusal.ReservationLimitExceeded;
import kr.hhplus.commerce.order.OrderState.Numbered;
import kr.hhplus.commerce.order.Reservation.Status;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Held stock belongs to its buyer until it is paid, expires or is released: exactly one of the three. */
class ReservingStockTests {

    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Instant EXPIRY = NOON.plus(TTL);

    private final OrderState state = OrderState.of(
            Map.of(7L, new Account(Won.of(1_000), 1), 8L, new Account(Won.of(1_000), 1)),
            List.of(),
            List.of(
                    Goods.product(1, 100, 5),
                    Goods.product(2, 100, 20, 3L, null, null),
                    Goods.product(3, 100, 20, null, NOON, EXPIRY),
                    notReservable(4)));
    private long made;

    private static Product notReservable(long id) {
        return new Product(id, "Product " + id, Won.of(100), Won.CURRENCY, 20, null, null, null, null, false);
    }

    private CommandResult<?> decide(OrderCommand command, Instant now) {
        return state.decideAll(List.of(new Numbered(++made, command)), false, now)
                .get(0);
    }

    private Object done(OrderCommand command, Instant now) {
        CommandResult<?> result = decide(command, now);
        assertThat(result).isInstanceOf(CommandResult.Done.class);
        return ((CommandResult.Done<?>) result).value();
    }

    private Refusal refused(OrderCommand command, Instant now) {
        CommandResult<?> result = decide(command, now);
        assertThat(result).isInstanceOf(CommandResult.Refused.class);
        return ((CommandResult.Refused<?>) result).refusal();
    }

    private long hold(long user, long product, long pieces) {
        return ((Reservation) done(Goods.hold(user, Map.of(product, pieces), TTL), NOON)).reservationId();
    }

    private static ReleaseReservation release(long user, long reservation) {
        return new ReleaseReservation(user, reservation, null);
    }

    private long stock(long product) {
        return state.products.get(product).stock();
    }

    @Test
    void takesTheStockThatItsPaymentThenNeedsNot() {
        long held = hold(7, 1, 5);
        assertThat(stock(1)).isZero();
        assertThat(refused(Goods.place(8, Map.of(1L, 1L), null), NOON).code()).isEqualTo(ErrorCode.INSUFFICIENT_STOCK);
        Order order = (Order) done(Goods.pay(7, held, null), EXPIRY.minusMillis(1));
        assertThat(order.items()).extracting(Order.Item::quantity).containsExactly(5L);
        assertThat(order.balance()).isEqualTo(Won.of(500));
        assertThat(stock(1)).isZero();
        assertThat(state.reservations.get(held).orderId()).isEqualTo(made);
    }

    @Test
    void costsWhatTheProductCostsAtThePayment() {
        long held = hold(7, 1, 2);
        state.products.computeIfPresent(1L, (id, product) -> Goods.product(1, 300, product.stock()));
        assertThat(((Order) done(Goods.pay(7, held, null), NOON)).paidAmount()).isEqualTo(Won.of(600));
    }

    @Test
    void canBePaidWhenTheSaleWindowIsOver() {
        Reservation held = (Reservation) done(Goods.hold(7, Map.of(3L, 1L), TTL), EXPIRY.minusSeconds(1));
        done(Goods.pay(7, held.reservationId(), null), EXPIRY);
        assertThat(refused(Goods.hold(7, Map.of(3L, 1L), TTL), EXPIRY).code()).isEqualTo(ErrorCode.SALE_NOT_OPEN);
    }

    @Test
    void cannotBePaidFromItsExpiryOnAlthoughNoSweepHasEndedIt() {
        long held = hold(7, 1, 1);
        assertThat(refused(Goods.pay(7, held, null), EXPIRY)).isEqualTo(new ReservationExpired(Status.EXPIRED, null));
        assertThat(stock(1)).isEqualTo(5);
    }

    @Test
    void expiresOnce() {
        long held = hold(7, 1, 1);
        assertThat(((Reservation) done(new ExpireReservation(7, held), EXPIRY)).status())
                .isEqualTo(Status.EXPIRED);
        assertThat(refused(new ExpireReservation(7, held), EXPIRY))
                .isEqualTo(new ReservationExpired(Status.EXPIRED, null));
        done(release(7, held), EXPIRY);
        assertThat(stock(1)).isEqualTo(5);
    }

    @Test
    void doesNotCountAgainstItsOwnBuyerOnceExpired() {
        hold(7, 2, 3);
        hold(7, 1, 5);
        assertThat(refused(Goods.hold(8, Map.of(1L, 1L), TTL), EXPIRY).code()).isEqualTo(ErrorCode.INSUFFICIENT_STOCK);
        Reservation again = (Reservation) done(Goods.hold(7, Map.of(1L, 5L, 2L, 3L), TTL), EXPIRY);
        assertThat(stock(1)).isZero();
        assertThat(state.held()).containsOnly(Map.entry(1L, 5L), Map.entry(2L, 3L));
        assertThat(state.pieces(7, 2)).isEqualTo(3);
        assertThat(again.status()).isEqualTo(Status.OPEN);
    }

    @Test
    void expiresWithoutHoldingUpItsBuyersOrders() {
        assertThat(new ExpireReservation(7, 1).orderingKeys()).isEmpty();
        assertThat(release(7, 1).orderingKeys()).containsExactly(7L);
    }

    @Test
    void isRefusedBeyondThePiecesThatAUserMayHold() {
        hold(7, 3, 4);
        assertThat(refused(Goods.hold(7, Map.of(3L, 3L), TTL), NOON))
                .isEqualTo(new ReservationLimitExceeded(3L, 6, 2, 3));
        assertThat(refused(Goods.hold(8, Map.of(3L, 7L), TTL), NOON))
                .isEqualTo(new ReservationLimitExceeded(3L, 6, 6, 7));
        hold(7, 3, 2);
    }

    @Test
    void doesNotExpireBeforeItsTime() {
        long held = hold(7, 1, 1);
        Reservation same = (Reservation) done(new ExpireReservation(7, held), EXPIRY.minusMillis(1));
        assertThat(same.status()).isEqualTo(Status.OPEN);
        assertThat(stock(1)).isEqualTo(4);
    }

    @Test
    void isReleasedOnceAndThenNeitherPaidNorExpired() {
        long held = hold(7, 1, 2);
        assertThat(((Reservation) done(release(7, held), NOON)).status()).isEqualTo(Status.RELEASED);
        done(release(7, held), NOON);
        refused(new ExpireReservation(7, held), EXPIRY);
        assertThat(refused(Goods.pay(7, held, null), NOON)).isEqualTo(new ReservationExpired(Status.RELEASED, null));
        assertThat(stock(1)).isEqualTo(5);
    }

    @Test
    void isPaidOnceAndThenNeitherReleasedNorExpired() {
        long held = hold(7, 1, 2);
        done(Goods.pay(7, held, null), NOON);
        long order = made;
        assertThat(refused(Goods.pay(7, held, null), NOON)).isEqualTo(new ReservationExpired(Status.PAID, order));
        assertThat(refused(release(7, held), NOON)).isEqualTo(new ReservationExpired(Status.PAID, order));
        refused(new ExpireReservation(7, held), EXPIRY);
        assertThat(stock(1)).isEqualTo(3);
    }

    @Test
    void belongsToItsBuyerAlone() {
        long held = hold(7, 1, 1);
        assertThat(refused(Goods.pay(8, held, null), NOON).code()).isEqualTo(ErrorCode.RESERVATION_NOT_FOUND);
        assertThat(refused(release(8, held), NOON).code()).isEqualTo(ErrorCode.RESERVATION_NOT_FOUND);
    }

    @Test
    void countsForThePurchaseLimitUntilItEnds() {
        long held = hold(7, 2, 2);
        assertThat(refused(Goods.place(7, Map.of(2L, 2L), null), NOON).code())
                .isEqualTo(ErrorCode.PURCHASE_LIMIT_EXCEEDED);
        assertThat(refused(Goods.hold(7, Map.of(2L, 2L), TTL), NOON).code())
                .isEqualTo(ErrorCode.PURCHASE_LIMIT_EXCEEDED);
        done(Goods.pay(7, held, null), NOON);
        done(Goods.place(7, Map.of(2L, 1L), null), NOON);
        assertThat(refused(Goods.hold(7, Map.of(2L, 1L), TTL), NOON).code())
                .isEqualTo(ErrorCode.PURCHASE_LIMIT_EXCEEDED);
        long other = hold(8, 2, 3);
        done(release(8, other), NOON);
        done(Goods.place(8, Map.of(2L, 3L), null), NOON);
    }

    @Test
    void isCheckedAtThePaymentIfThePurchaseLimitIsYounger() {
        long held = hold(7, 1, 3);
        state.products.computeIfPresent(1L, (id, product) -> Goods.product(1, 100, product.stock(), 2L, null, null));
        assertThat(refused(Goods.pay(7, held, null), NOON).code()).isEqualTo(ErrorCode.PURCHASE_LIMIT_EXCEEDED);
        state.products.computeIfPresent(1L, (id, product) -> Goods.product(1, 100, product.stock(), 3L, null, null));
        done(Goods.pay(7, held, null), NOON);
        assertThat(state.pieces(7, 1)).isEqualTo(3);
        assertThat(refused(Goods.place(7, Map.of(1L, 1L), null), NOON).code())
                .isEqualTo(ErrorCode.PURCHASE_LIMIT_EXCEEDED);
    }

    @Test
    void isRefusedBeyondTheOpenReservationsOfAUser() {
        hold(7, 1, 1);
        hold(7, 1, 1);
        assertThat(refused(Goods.hold(7, Map.of(1L, 1L), TTL), NOON))
                .isEqualTo(new ReservationLimitExceeded(null, 2, 0, 1));
        hold(8, 1, 1);
        // One that has expired no longer counts, although no sweep has ended it.
        done(Goods.hold(7, Map.of(1L, 1L), TTL), EXPIRY);
    }

    @Test
    void isRefusedWhileReservationsAreSwitchedOff() {
        long before = hold(7, 1, 1);
        state.limits = OrderState.limits(false, TTL);
        assertThat(refused(Goods.hold(8, Map.of(1L, 1L), TTL), NOON))
                .isEqualTo(new ReservationLimitExceeded(null, 0, 0, 1));
        done(Goods.pay(7, before, null), NOON);
    }

    @Test
    void lastsByDefaultFromTheShortestToTheLongestTime() {
        for (Duration ttl : List.of(Duration.ofSeconds(9), Duration.ofSeconds(1_801))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OrderState.limits(true, ttl))
                    .withMessageContaining("ttl-min");
        }
    }

    @Test
    void isRefusedBeyondTheHeldPiecesOfAProduct() {
        hold(7, 3, 5);
        assertThat(refused(Goods.hold(8, Map.of(3L, 3L), TTL), NOON))
                .isEqualTo(new ReservationLimitExceeded(3L, 7, 2, 3));
        hold(8, 3, 2);
    }

    @Test
    void isRefusedForAProductThatMayNotBeReserved() {
        assertThat(refused(Goods.hold(7, Map.of(4L, 1L), TTL), NOON))
                .isEqualTo(new ReservationLimitExceeded(4L, 0, 0, 1));
        done(Goods.place(7, Map.of(4L, 1L), null), NOON);
    }

    private static final List<ErrorCode> REASONS = List.of(
            ErrorCode.SALE_PAUSED,
            ErrorCode.PRODUCT_NOT_FOUND,
            ErrorCode.SALE_NOT_OPEN,
            ErrorCode.PURCHASE_LIMIT_EXCEEDED,
            ErrorCode.RESERVATION_LIMIT_EXCEEDED,
            ErrorCode.INSUFFICIENT_STOCK);

    static Stream<Set<ErrorCode>> combinations() {
        List<Set<ErrorCode>> all = new ArrayList<>();
        for (int bits = 1; bits < 1 << REASONS.size(); bits++) {
            Set<ErrorCode> reasons = EnumSet.noneOf(ErrorCode.class);
            for (int i = 0; i < REASONS.size(); i++) {
                if ((bits & 1 << i) != 0) {
                    reasons.add(REASONS.get(i));
                }
            }
            all.add(reasons);
        }
        return all.stream();
    }

    /** Each reason is about a product of its own. */
    @ParameterizedTest
    @MethodSource("combinations")
    void isRefusedForTheFirstReason(Set<ErrorCode> reasons) {
        Map<Long, Long> pieces = new TreeMap<>(Map.of(3L, 1L));
        pick(reasons, ErrorCode.INSUFFICIENT_STOCK, pieces, 1, 6);
        pick(reasons, ErrorCode.PURCHASE_LIMIT_EXCEEDED, pieces, 2, 4);
        pick(reasons, ErrorCode.RESERVATION_LIMIT_EXCEEDED, pieces, 4, 1);
        pick(reasons, ErrorCode.PRODUCT_NOT_FOUND, pieces, 5, 1);
        Instant now = reasons.contains(ErrorCode.SALE_NOT_OPEN) ? EXPIRY : NOON;
        List<Object> before = state.everything();
        CommandResult<?> result = state.decideAll(
                        List.of(new Numbered(1, Goods.hold(7, pieces, TTL))),
                        reasons.contains(ErrorCode.SALE_PAUSED),
                        now)
                .get(0);
        assertThat(((CommandResult.Refused<?>) result).refusal().code())
                .isEqualTo(reasons.stream().min(ErrorCode::compareTo).orElseThrow());
        assertThat(state.everything()).isEqualTo(before);
    }

    private static void pick(
            Set<ErrorCode> reasons, ErrorCode reason, Map<Long, Long> pieces, long product, long quantity) {
        if (reasons.contains(reason)) {
            pieces.put(product, quantity);
        }
    }

    @Test
    void cannotBePaidWhileTheSaleIsPaused() {
        long held = hold(7, 1, 1);
        CommandResult<?> result = state.decideAll(List.of(new Numbered(++made, Goods.pay(7, held, null))), true, NOON)
                .get(0);
        assertThat(((CommandResult.Refused<?>) result).refusal().code()).isEqualTo(ErrorCode.SALE_PAUSED);
        result = state.decideAll(List.of(new Numbered(++made, release(7, held))), true, NOON)
                .get(0);
        assertThat(result).isInstanceOf(CommandResult.Done.class);
    }
}
