package kr.hhplus.commerce.order;

import static kr.hhplus.commerce.order.Goods.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.catalog.ProductRefusal.InsufficientStock;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.order.OrderRefusal.CouponNotApplicable;
import kr.hhplus.commerce.order.OrderRefusal.InsufficientBalance;
import kr.hhplus.commerce.order.OrderRefusal.PurchaseLimitExceeded;
import kr.hhplus.commerce.order.OrderRefusal.SaleNotOpen;
import kr.hhplus.commerce.order.OrderState.Numbered;
import kr.hhplus.commerce.promotion.Discount;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import kr.hhplus.commerce.wallet.LedgerEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayingForAnOrderTests {

    private static final Instant LATER = NOON.plus(Duration.ofHours(1));

    private final OrderState state = OrderState.of(
            Map.of(7L, new Account(Won.of(1_000), 1)),
            List.of(),
            List.of(
                    Goods.product(1, 333, 20),
                    Goods.product(2, 0, 5),
                    Goods.product(3, 10, 20, 3L, null, null),
                    Goods.product(4, 10, 20, null, NOON, LATER)));
    private long made;

    private CommandResult<?> decide(OrderCommand command, Instant now) {
        return state.decide(List.of(new Numbered(++made, command)), false, now).get(0);
    }

    private Order done(OrderCommand command) {
        return (Order) ((CommandResult.Done<?>) decide(command, NOON)).value();
    }

    private Refusal refused(OrderCommand command, Instant now) {
        return ((CommandResult.Refused<?>) decide(command, now)).refusal();
    }

    @ParameterizedTest
    @CsvSource({
        "FIXED,   1,    ,   1",
        "FIXED,   998,  , 998",
        "FIXED,   999,  , 999",
        "FIXED,  1000,  , 999",
        "PERCENT,   1,  ,   9",
        "PERCENT,  33,  , 329",
        "PERCENT,  99,  , 989",
        "PERCENT, 100,  , 999",
        "PERCENT,  50, 100, 100",
        "PERCENT,  10, 100,  99",
        "PERCENT,  10,  99,  99",
    })
    void takesADiscountOff(String type, long value, Long max, long discount) {
        state.coupons.put(
                "0000000000001",
                Goods.coupon(1, 7, type.equals("FIXED") ? Goods.fixed(value) : Goods.percent(value, max), 0, LATER));
        Order order = done(Goods.place(7, Map.of(1L, 3L), 1L));
        assertThat(order.totalAmount()).isEqualTo(Won.of(999));
        assertThat(order.discountAmount()).isEqualTo(Won.of(discount));
        assertThat(order.paidAmount()).isEqualTo(Won.of(999 - discount));
        assertThat(order.balance()).isEqualTo(Won.of(1 + discount));
    }

    @Test
    void takesACouponFromItsMinimumOn() {
        state.coupons.put("0000000000001", Goods.coupon(1, 7, Goods.fixed(1), 666, LATER));
        assertThat(refused(Goods.place(7, Map.of(1L, 1L), 1L), NOON))
                .isEqualTo(new CouponNotApplicable(Won.of(333), Won.of(666)));
        assertThat(done(Goods.place(7, Map.of(1L, 2L), 1L)).discountAmount()).isEqualTo(Won.of(1));
    }

    /** Product 5 costs 7, product 2 nothing. */
    @ParameterizedTest
    @CsvSource({
        "FIXED,      1, 0, 2, 0, 1",
        "FIXED,      1, 5, 2, 0, 5",
        "PERCENT,    1, 0, 5, 7, 100",
        "PERCENT,   14, 0, 5, 7, 8",
        "PERCENT,   33, 0, 2, 0, 4",
        "PERCENT,  100, 0, 2, 0, 1",
        "PERCENT,   14, 50, 5, 7, 50",
        "PERCENT,    1, 50, 5, 7, 100",
    })
    void spendsNoCouponForADiscountOfNothing(
            String type, long value, long minimum, long product, long total, long required) {
        Discount discount = type.equals("FIXED") ? Goods.fixed(value) : Goods.percent(value, null);
        state.products.put(5L, Goods.product(5, 7, 20));
        state.coupons.put("0000000000001", Goods.coupon(1, 7, discount, minimum, LATER));
        List<Object> before = state.everything();
        assertThat(refused(Goods.place(7, Map.of(product, 1L), 1L), NOON))
                .isEqualTo(new CouponNotApplicable(Won.of(total), Won.of(required)));
        assertThat(state.everything()).isEqualTo(before);
    }

    @Test
    void takesACouponFromTheFirstWonOfDiscountOn() {
        for (long value = 1; value <= 100; value++) {
            Discount discount = Goods.percent(value, null);
            long least = discount.leastTotal().amount();
            assertThat(discount.on(Won.of(least)))
                    .as("%d%% of %d", value, least)
                    .isEqualTo(Won.of(1));
            assertThat(discount.on(Won.of(least - 1)))
                    .as("%d%% of %d", value, least - 1)
                    .isEqualTo(Won.ZERO);
        }
        assertThat(Goods.fixed(9).leastTotal()).isEqualTo(Won.of(1));
    }

    @Test
    void takesACouponUpToItsLastInstant() {
        state.coupons.put("0000000000001", Goods.coupon(1, 7, Goods.fixed(1), 0, LATER));
        assertThat(refused(Goods.place(7, Map.of(1L, 1L), 1L), LATER)).isEqualTo(Refusal.of(ErrorCode.COUPON_EXPIRED));
        assertThat(decide(Goods.place(7, Map.of(1L, 1L), 1L), LATER.minusMillis(1)))
                .isInstanceOf(CommandResult.Done.class);
    }

    @Test
    void paysNothingWithOneEntryOfNothing() {
        Order order = done(Goods.place(8, Map.of(2L, 5L), null));
        assertThat(order.paidAmount()).isEqualTo(Won.ZERO);
        assertThat(state.ledger)
                .extracting(LedgerEntry::userId, LedgerEntry::type, LedgerEntry::amount, LedgerEntry::entryNo)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(8L, LedgerEntry.Type.PAYMENT, Won.ZERO, 1L));
    }

    @Test
    void countsTheLimitAcrossOrdersAndGivesItBackWithACancelledOne() {
        Order first = done(Goods.place(7, Map.of(3L, 2L), null));
        assertThat(refused(Goods.place(7, Map.of(3L, 2L), null), NOON))
                .isEqualTo(new PurchaseLimitExceeded(3, 3, 1, 2));
        done(Goods.place(7, Map.of(3L, 1L), null));
        done(Goods.cancel(7, 1));
        assertThat(first.orderId()).isEqualTo("0000000000001");
        assertThat(refused(Goods.place(7, Map.of(3L, 3L), null), NOON))
                .isEqualTo(new PurchaseLimitExceeded(3, 3, 2, 3));
        done(Goods.place(7, Map.of(3L, 2L), null));
    }

    @ParameterizedTest
    @CsvSource({"-1,false", "0,true", "3599999,true", "3600000,false"})
    void sellsFromTheFirstInstantOfTheWindowUpToItsEnd(long millis, boolean sold) {
        CommandResult<?> answer = decide(Goods.place(7, Map.of(4L, 1L), null), NOON.plusMillis(millis));
        if (sold) {
            assertThat(answer).isInstanceOf(CommandResult.Done.class);
        } else {
            assertThat(answer).isEqualTo(CommandResult.refused(new SaleNotOpen(4)));
        }
    }

    @Test
    void sellsTheLastPieceAndTheLastWon() {
        assertThat(refused(Goods.place(7, Map.of(1L, 21L), null), NOON)).isEqualTo(new InsufficientStock(1, 20, 21));
        assertThat(refused(Goods.place(7, Map.of(1L, 4L), null), NOON))
                .isEqualTo(new InsufficientBalance(Won.of(1_000), Won.of(1_332)));
        state.accounts.put(7L, new Account(Won.of(6_660), 1));
        assertThat(done(Goods.place(7, Map.of(1L, 20L), null)).balance()).isEqualTo(Won.ZERO);
    }

    @Test
    void addsUpTheLinesOfOneProduct() {
        OrderRequest request = new OrderRequest(
                7L,
                List.of(new OrderRequest.Line(1L, 1L), new OrderRequest.Line(2L, 3L), new OrderRequest.Line(1L, 2L)),
                null);
        assertThat(done(request.toCommand(Caller.UNRESTRICTED, null)).items())
                .extracting(Order.Item::productId, Order.Item::quantity, item -> item.lineAmount()
                        .amount())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, 3L, 999L),
                        org.assertj.core.groups.Tuple.tuple(2L, 3L, 0L));
    }
}
