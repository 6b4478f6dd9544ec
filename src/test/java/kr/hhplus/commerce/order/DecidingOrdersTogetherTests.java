package kr.hhplus.commerce.order;

import static kr.hhplus.commerce.order.Goods.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderCommand.ExpireReservation;
import kr.hhplus.commerce.order.OrderCommand.HoldReservation;
import kr.hhplus.commerce.order.OrderCommand.PayReservation;
import kr.hhplus.commerce.order.OrderCommand.ReleaseReservation;
import kr.hhplus.commerce.order.OrderState.Numbered;
import kr.hhplus.commerce.promotion.Coupon;
import kr.hhplus.commerce.testkit.Seeded;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import kr.hhplus.commerce.wallet.LedgerEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A batch of N orders, reservations, refunds, cancellations and fulfilments is decided exactly as N batches of one, and
 * the books are right after each.
 */
class DecidingOrdersTogetherTests {

    private static final long USERS = 3;
    private static final long NO_ORDER = 99_999;
    private static final List<ErrorCode> REFUSALS = List.of(
            ErrorCode.SALE_PAUSED,
            ErrorCode.PRODUCT_NOT_FOUND,
            ErrorCode.COUPON_NOT_FOUND,
            ErrorCode.ORDER_NOT_FOUND,
            ErrorCode.RESERVATION_NOT_FOUND,
            ErrorCode.RESERVATION_EXPIRED,
            ErrorCode.ORDER_NOT_CANCELLABLE,
            ErrorCode.ORDER_NOT_REFUNDABLE,
            ErrorCode.ORDER_NOT_FULFILLABLE,
            ErrorCode.SALE_NOT_OPEN,
            ErrorCode.PURCHASE_LIMIT_EXCEEDED,
            ErrorCode.RESERVATION_LIMIT_EXCEEDED,
            ErrorCode.INSUFFICIENT_STOCK,
            ErrorCode.COUPON_ALREADY_USED,
            ErrorCode.COUPON_EXPIRED,
            ErrorCode.COUPON_NOT_APPLICABLE,
            ErrorCode.REFUND_EXCEEDS_ORDER,
            ErrorCode.INSUFFICIENT_BALANCE);

    private static final Kind[] KINDS = {
        Kind.PLACE,
        Kind.PLACE,
        Kind.PLACE,
        Kind.CANCEL,
        Kind.CANCEL,
        Kind.REFUND,
        Kind.REFUND,
        Kind.FULFIL,
        Kind.HOLD,
        Kind.HOLD,
        Kind.HOLD,
        Kind.PAY,
        Kind.PAY,
        Kind.PAY,
        Kind.RELEASE,
        Kind.EXPIRE
    };

    private enum Kind {
        PLACE,
        CANCEL,
        REFUND,
        FULFIL,
        HOLD,
        PAY,
        RELEASE,
        EXPIRE
    }

    /** One thing that happens; {@code target} picks the coupon of an order, or the order or reservation to change. */
    record Step(Kind kind, long userId, Map<Long, Long> pieces, int target) {}

    /** What arrives together, and at which hour. */
    record Arrival(boolean paused, long hour, List<Step> steps) {}

    private static List<Arrival> arrivals(Random random) {
        return Seeded.list(random, 1, 6, () -> {
            boolean paused = random.nextInt(10) == 0;
            long hour = Seeded.oneOf(random, 0L, 0L, 1L, 1L, 3L);
            return new Arrival(paused, hour, Seeded.list(random, 1, 8, () -> step(random)));
        });
    }

    private static Step step(Random random) {
        Map<Long, Long> pieces = new HashMap<>();
        int products = random.nextInt(1, 3);
        while (pieces.size() < products) {
            pieces.put(random.nextInt(13) == 0 ? 9L : random.nextLong(1, 5), random.nextLong(1, 5));
        }
        return new Step(Seeded.oneOf(random, KINDS), random.nextLong(1, USERS + 1), pieces, random.nextInt(41));
    }

    /** Product 1 is scarce, 2 has a purchase limit, 3 a sale window, 4 is free; coupons differ in everything. */
    private static OrderState opening() {
        Map<Long, Account> accounts = Map.of(1L, new Account(Won.of(9_000), 1), 2L, new Account(Won.of(3_000), 1));
        Instant evening = NOON.plus(Duration.ofHours(4));
        Instant nextYear = NOON.plus(Duration.ofDays(365));
        List<Product> products = List.of(
                Goods.product(1, 700, 5),
                Goods.product(2, 999, 50, 4L, null, null),
                Goods.product(3, 301, 40, null, NOON.plus(Duration.ofHours(1)), evening),
                Goods.product(4, 0, 30));
        List<Coupon> coupons = List.of(
                Goods.coupon(1, 1, Goods.fixed(500), 0, nextYear),
                Goods.coupon(2, 1, Goods.percent(33, 400L), 1_000, nextYear),
                Goods.coupon(3, 1, Goods.percent(7, null), 0, evening),
                Goods.coupon(4, 2, Goods.fixed(1_000_000), 0, nextYear),
                Goods.coupon(5, 2, Goods.percent(100, null), 2_500, nextYear),
                Goods.coupon(7, 3, Goods.fixed(1), 0, NOON));
        return OrderState.of(accounts, coupons, products);
    }

    @Test
    void answersAndLeavesWhatSingleOrdersWould() {
        Set<ErrorCode> refusals = EnumSet.noneOf(ErrorCode.class);
        Seeded.check(Seeded.CASES, random -> assertAnswersAndLeavesWhatSingleOrdersWould(arrivals(random), refusals));
        assertThat(refusals).containsAll(REFUSALS);
    }

    private static void assertAnswersAndLeavesWhatSingleOrdersWould(List<Arrival> arrivals, Set<ErrorCode> refusals) {
        OrderState together = opening();
        OrderState apart = opening();
        long made = 0;
        Instant now = NOON;
        for (Arrival arrival : arrivals) {
            now = now.plus(Duration.ofHours(arrival.hour()));
            List<Numbered> commands = commands(arrival.steps(), made, together);
            made += commands.size();
            List<CommandResult<?>> expected = new ArrayList<>();
            for (Numbered command : commands) {
                endExpired(command.command(), apart, now);
                List<Object> before = apart.everything();
                CommandResult<?> answer =
                        apart.decideAll(List.of(command), arrival.paused(), now).get(0);
                expected.add(answer);
                if (answer instanceof CommandResult.Refused<?> refused) {
                    refusals.add(refused.refusal().code());
                    assertThat(apart.everything()).isEqualTo(before);
                }
                assertBooksAreRight(apart);
            }
            assertThat(together.decideAll(commands, arrival.paused(), now)).isEqualTo(expected);
            assertThat(together.everything()).isEqualTo(apart.everything());
        }
    }

    /** What a refused hold or payment does all the same. */
    private static void endExpired(OrderCommand command, OrderState state, Instant now) {
        if (command instanceof HoldReservation || command instanceof PayReservation) {
            List<Numbered> expired = state.reservations.values().stream()
                    .filter(reservation -> reservation.userId() == command.userId() && reservation.isOpen())
                    .filter(reservation -> reservation.statusAt(now) == Reservation.Status.EXPIRED)
                    .map(reservation ->
                            new Numbered(0, new ExpireReservation(command.userId(), reservation.reservationId())))
                    .toList();
            state.decideAll(expired, false, now);
        }
    }

    /** Who cancels or pays knows the order or reservation from an earlier answer, so its batch has been saved. */
    private static List<Numbered> commands(List<Step> steps, long made, OrderState state) {
        List<Numbered> commands = new ArrayList<>();
        for (Step step : steps) {
            long id = made + commands.size() + 1;
            long own = 1 + (step.userId() - 1) * 3 + step.target() % 3;
            Long coupon = step.target() < 15 ? null : step.target() < 36 ? own : step.target() % 8L;
            if (step.kind() == Kind.HOLD) {
                commands.add(new Numbered(id, Goods.hold(step.userId(), step.pieces(), Duration.ofHours(2))));
            } else if (step.kind() == Kind.PAY || step.kind() == Kind.RELEASE || step.kind() == Kind.EXPIRE) {
                commands.add(new Numbered(id, change(step, coupon, state)));
            } else if (step.kind() != Kind.PLACE) {
                List<Order> known = List.copyOf(state.orders.values());
                long target = known.isEmpty() || step.target() == 0
                        ? NO_ORDER
                        : IdText.parse(known.get(step.target() % known.size()).orderId())
                                .orElseThrow();
                Order order = state.orders.get(IdText.of(target));
                long owner = order == null ? step.userId() : order.userId();
                commands.add(new Numbered(id, change(step, owner, target, order)));
            } else {
                commands.add(new Numbered(id, Goods.place(step.userId(), step.pieces(), coupon)));
            }
        }
        return commands;
    }

    /** Most refunds are of pieces that the order has. */
    private static OrderCommand change(Step step, long owner, long target, @Nullable Order order) {
        if (step.kind() != Kind.REFUND) {
            return step.kind() == Kind.CANCEL ? Goods.cancel(owner, target) : Goods.fulfil(owner, target);
        }
        Map<Long, Long> pieces = new HashMap<>(step.pieces());
        if (order != null && step.target() % 4 != 0) {
            pieces.clear();
            order.items().forEach(item -> pieces.put(item.productId(), 1 + step.target() % item.quantity()));
        }
        return step.target() % 3 == 0
                ? Goods.refundByOperator(owner, target, pieces, step.target() % 2 == 0)
                : Goods.refund(owner, target, pieces);
    }

    private static OrderCommand change(Step step, Long coupon, OrderState state) {
        List<Reservation> known = List.copyOf(state.reservations.values());
        Reservation reservation = known.isEmpty() || step.target() == 0
                ? null
                : known.get(known.size() - 1 - step.target() % known.size());
        long id = reservation == null ? NO_ORDER : reservation.reservationId();
        long owner = reservation == null || step.target() % 10 == 9 ? step.userId() : reservation.userId();
        return switch (step.kind()) {
            case PAY -> Goods.pay(owner, id, coupon);
            case RELEASE -> new ReleaseReservation(owner, id, null);
            default -> new ExpireReservation(owner, id);
        };
    }

    private static void assertBooksAreRight(OrderState state) {
        OrderState opening = opening();
        state.products.forEach((id, product) -> {
            assertThat(product.stock()).isNotNegative();
            assertThat(product.stock()
                            + state.sold(id)
                            + state.writtenOff(id)
                            + state.held().getOrDefault(id, 0L))
                    .isEqualTo(opening.products.get(id).stock());
            for (long user = 1; product.purchaseLimit() != null && user <= USERS; user++) {
                assertThat(state.pieces(user, id)).isLessThanOrEqualTo(product.purchaseLimit());
            }
        });
        state.accounts.forEach((user, account) -> {
            Account before = opening.accounts.getOrDefault(user, new Account(Won.ZERO, 0));
            assertThat(account.balance()).isGreaterThanOrEqualTo(Won.ZERO);
            assertThat(account.balance()).isEqualTo(before.balance().plus(state.ledgerOf(user)));
        });
        assertEntriesHaveNoGaps(state.ledger, opening);
        assertCouponsPayOnce(state);
        state.orders.forEach((id, order) -> {
            List<OrderRefund> refunds = state.refundsOf(id);
            Won refunded = refunds.stream().map(OrderRefund::amount).reduce(Won.ZERO, Won::plus);
            assertThat(refunded).isLessThanOrEqualTo(order.paidAmount());
            if (order.status() == Order.Status.REFUNDED) {
                assertThat(refunded).isEqualTo(order.paidAmount());
            }
            assertThat(refunds.isEmpty()).isEqualTo(order.isPaid() || order.status() == Order.Status.CANCELLED);
        });
        assertReservationsEndOnce(state);
    }

    private static void assertReservationsEndOnce(OrderState state) {
        Set<Long> paying = new HashSet<>();
        state.reservations.values().forEach(reservation -> {
            if (reservation.status() == Reservation.Status.PAID) {
                Order order = state.orders.get(IdText.of(reservation.orderId()));
                assertThat(paying.add(reservation.orderId())).isTrue();
                assertThat(order.userId()).isEqualTo(reservation.userId());
                assertThat(order.items())
                        .extracting(Order.Item::productId, Order.Item::quantity)
                        .containsExactlyElementsOf(reservation.items().stream()
                                .map(item -> tuple(item.productId(), item.quantity()))
                                .toList());
                assertThat(reservation.endedAt()).isBefore(reservation.expiresAt());
            } else {
                assertThat(reservation.orderId()).isNull();
            }
        });
        state.held().values().forEach(held -> assertThat(held).isLessThanOrEqualTo(OrderState.LIMITS.heldMax()));
    }

    private static void assertEntriesHaveNoGaps(List<LedgerEntry> ledger, OrderState opening) {
        Map<Long, Account> last = new HashMap<>(opening.accounts);
        for (LedgerEntry entry : ledger) {
            Account before = last.getOrDefault(entry.userId(), new Account(Won.ZERO, 0));
            assertThat(entry.entryNo()).isEqualTo(before.entries() + 1);
            assertThat(entry.balanceAfter()).isEqualTo(before.balance().plus(entry.amount()));
            last.put(entry.userId(), new Account(entry.balanceAfter(), entry.entryNo()));
        }
    }

    private static void assertCouponsPayOnce(OrderState state) {
        Set<String> paying = new HashSet<>();
        state.orders.values().stream()
                .filter(order -> order.isLive() && order.couponId() != null)
                .forEach(order -> {
                    assertThat(paying.add(order.couponId())).isTrue();
                    assertThat(state.coupons.get(order.couponId()).usedOrderId())
                            .isEqualTo(order.orderId());
                });
        assertThat(state.coupons.values()).allMatch(coupon -> coupon.isUsed() == paying.contains(coupon.couponId()));
    }
}
