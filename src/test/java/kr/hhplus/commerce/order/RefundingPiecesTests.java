package kr.hhplus.commerce.order;

import static kr.hhplus.commerce.order.Goods.NOON;
import static kr.hhplus.commerce.order.OrderState.CANCEL_WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderRefusal.Cause;
import kr.hhplus.commerce.order.OrderRefusal.OrderNotCancellable;
import kr.hhplus.commerce.order.OrderRefusal.OrderNotFulfillable;
import kr.hhplus.commerce.order.OrderRefusal.OrderNotRefundable;
import kr.hhplus.commerce.order.OrderRefusal.RefundExceedsOrder;
import kr.hhplus.commerce.order.OrderState.Numbered;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import org.junit.jupiter.api.Test;

/** Order 1: three pieces of product 1 for 100 each and one of product 2 for 50, with a coupon of 35 off. */
class RefundingPiecesTests {

    private static final long BUYER = 7;
    private static final Instant LAST_MOMENT = NOON.plus(CANCEL_WITHIN);
    private static final Map<Long, Long> ONE = Map.of(1L, 1L);

    private final OrderState state = OrderState.of(
            Map.of(BUYER, new Account(Won.of(315), 1)),
            List.of(Goods.coupon(1, BUYER, Goods.fixed(35), 0, NOON.plus(Duration.ofDays(30)))),
            List.of(Goods.product(1, 100, 3, 3L, null, null), Goods.product(2, 50, 1)));

    private long commands;

    RefundingPiecesTests() {
        decide(Goods.place(BUYER, Map.of(1L, 3L, 2L, 1L), 1L), NOON);
    }

    private CommandResult<?> decide(OrderCommand command, Instant now) {
        return state.decide(List.of(new Numbered(++commands, command)), false, now)
                .get(0);
    }

    private OrderRefund refund(Map<Long, Long> pieces) {
        return (OrderRefund) ((CommandResult.Done<?>) decide(Goods.refund(BUYER, 1, pieces), NOON)).value();
    }

    private Refusal refusal(OrderCommand command, Instant now) {
        List<Object> before = state.everything();
        Refusal refusal = ((CommandResult.Refused<?>) decide(command, now)).refusal();
        assertThat(state.everything()).isEqualTo(before);
        return refusal;
    }

    private Order order() {
        return state.orders.get(IdText.of(1));
    }

    private boolean couponIsUsed() {
        return state.coupons.get(IdText.of(1)).isUsed();
    }

    @Test
    void givesBackPieceByPieceUntilNothingIsLeft() {
        // The coupon takes 30 off the first line, 5 off the second: 270 and 45 were paid.
        OrderRefund first = refund(Map.of(1L, 2L));
        assertThat(first.amount()).isEqualTo(Won.of(180));
        assertThat(first.balance()).isEqualTo(Won.of(180));
        assertThat(first.couponReturned()).isFalse();
        assertThat(order().status()).isEqualTo(Order.Status.PARTIALLY_REFUNDED);
        assertThat(order().items()).extracting(Order.Item::refundedQuantity).containsExactly(2L, null);
        assertThat(state.products.get(1L).stock()).isEqualTo(2);
        assertThat(couponIsUsed()).isTrue();

        OrderRefund last = refund(Map.of(1L, 1L, 2L, 1L));
        assertThat(last.items())
                .containsExactly(new OrderRefund.Item(1, 1, Won.of(90)), new OrderRefund.Item(2, 1, Won.of(45)));
        assertThat(last.balance()).isEqualTo(Won.of(315));
        assertThat(last.couponReturned()).isTrue();
        assertThat(order().status()).isEqualTo(Order.Status.REFUNDED);
        assertThat(couponIsUsed()).isFalse();
    }

    @Test
    void letsTheBuyerBuyTheReturnedPiecesAgain() {
        state.accounts.put(BUYER, new Account(Won.of(1_000), 2));
        assertThat(refusal(Goods.place(BUYER, ONE, null), NOON).code()).isEqualTo(ErrorCode.PURCHASE_LIMIT_EXCEEDED);
        refund(ONE);
        assertThat(decide(Goods.place(BUYER, ONE, null), NOON)).isInstanceOf(CommandResult.Done.class);
    }

    @Test
    void leavesTheStockAsItIsIfThePiecesAreNotRestocked() {
        decide(Goods.refundByOperator(BUYER, 1, ONE, false), NOON);
        assertThat(state.products.get(1L).stock()).isZero();
        assertThat(state.writtenOff(1)).isEqualTo(1);
    }

    @Test
    void refusesMoreThanIsLeft() {
        assertThat(refusal(Goods.refund(BUYER, 1, Map.of(1L, 4L)), NOON))
                .isEqualTo(new RefundExceedsOrder(1, 3, 4, null));
        assertThat(refusal(Goods.refund(BUYER, 1, Map.of(9L, 1L)), NOON))
                .isEqualTo(new RefundExceedsOrder(9, 0, 1, null));
        refund(Map.of(1L, 2L));
        assertThat(refusal(Goods.refund(BUYER, 1, Map.of(1L, 2L)), NOON))
                .isEqualTo(new RefundExceedsOrder(1, 1, 2, Cause.REFUNDED));
    }

    @Test
    void refusesTheBuyerAfterFulfilmentOrTooLateButNoOperator() {
        Instant late = LAST_MOMENT.plusMillis(1);
        assertThat(refusal(Goods.refund(BUYER, 1, ONE), late)).isEqualTo(new OrderNotRefundable(Cause.TOO_LATE));
        decide(Goods.fulfil(BUYER, 1), NOON);
        assertThat(refusal(Goods.refund(BUYER, 1, ONE), late)).isEqualTo(new OrderNotRefundable(Cause.FULFILLED));
        assertThat(decide(Goods.refundByOperator(BUYER, 1, ONE, true), late)).isInstanceOf(CommandResult.Done.class);
        assertThat(order().fulfilledAt()).isEqualTo(NOON);
    }

    @Test
    void refusesWhatIsCancelledOrRefunded() {
        refund(ONE);
        assertThat(refusal(Goods.cancel(BUYER, 1), NOON)).isEqualTo(new OrderNotCancellable(Cause.REFUNDED));
        refund(Map.of(1L, 2L, 2L, 1L));
        assertThat(refusal(Goods.cancel(BUYER, 1), NOON)).isEqualTo(new OrderNotCancellable(Cause.REFUNDED));
        assertThat(refusal(Goods.refundByOperator(BUYER, 1, ONE, true), NOON))
                .isEqualTo(new OrderNotRefundable(Cause.REFUNDED));
        assertThat(refusal(Goods.fulfil(BUYER, 1), NOON)).isEqualTo(new OrderNotFulfillable(Cause.REFUNDED));

        state.accounts.put(
                BUYER, new Account(Won.of(1_000), state.accounts.get(BUYER).entries()));
        long second = commands + 1;
        decide(Goods.place(BUYER, ONE, null), NOON);
        decide(Goods.cancel(BUYER, second), NOON);
        assertThat(refusal(Goods.refundByOperator(BUYER, second, ONE, true), NOON))
                .isEqualTo(new OrderNotRefundable(Cause.CANCELLED));
        assertThat(refusal(Goods.refund(BUYER, 99, ONE), NOON).code()).isEqualTo(ErrorCode.ORDER_NOT_FOUND);
    }

    @Test
    void fulfilsWhatIsLeft() {
        refund(ONE);
        assertThat(decide(Goods.fulfil(BUYER, 1), NOON)).isInstanceOf(CommandResult.Done.class);
        assertThat(order().status()).isEqualTo(Order.Status.PARTIALLY_REFUNDED);
    }
}
