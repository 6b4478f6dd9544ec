package kr.hhplus.commerce.order;

import static kr.hhplus.commerce.order.Goods.NOON;
import static kr.hhplus.commerce.order.OrderState.CANCEL_WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderRefusal.Cause;
import kr.hhplus.commerce.order.OrderRefusal.OrderNotCancellable;
import kr.hhplus.commerce.order.OrderRefusal.OrderNotFulfillable;
import kr.hhplus.commerce.order.OrderState.Numbered;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import org.junit.jupiter.api.Test;

/** Until when a buyer may cancel an order, and what an operator may do later. */
class CancellingInTimeTests {

    private static final long BUYER = 7;
    private static final Instant LAST_MOMENT = NOON.plus(CANCEL_WITHIN);

    private final OrderState state =
            OrderState.of(Map.of(BUYER, new Account(Won.of(1_000), 1)), List.of(), List.of(Goods.product(1, 100, 5)));

    CancellingInTimeTests() {
        decide(Goods.place(BUYER, Map.of(1L, 1L), null), NOON);
    }

    private CommandResult<?> decide(OrderCommand command, Instant now) {
        return state.decide(List.of(new Numbered(1, command)), false, now).get(0);
    }

    private static Optional<Refusal> refusal(CommandResult<?> result) {
        return result instanceof CommandResult.Refused<?> refused ? Optional.of(refused.refusal()) : Optional.empty();
    }

    private static CancelOrder byOperator() {
        return new CancelOrder(BUYER, 1, true, "an operator", IdempotencyKey.NONE);
    }

    @Test
    void allowsItUntilTheLastMoment() {
        assertThat(refusal(decide(Goods.cancel(BUYER, 1), LAST_MOMENT))).isEmpty();
        assertThat(state.accounts.get(BUYER).balance()).isEqualTo(Won.of(1_000));
    }

    @Test
    void refusesItLaterExceptToAnOperator() {
        Instant late = LAST_MOMENT.plusMillis(1);
        assertThat(refusal(decide(Goods.cancel(BUYER, 1), late))).hasValue(new OrderNotCancellable(Cause.TOO_LATE));
        assertThat(state.accounts.get(BUYER).balance()).isEqualTo(Won.of(900));
        assertThat(refusal(decide(byOperator(), late))).isEmpty();
        assertThat(refusal(decide(byOperator(), late))).hasValue(new OrderNotCancellable(Cause.CANCELLED));
    }

    @Test
    void refusesItOnceFulfilledExceptToAnOperator() {
        assertThat(refusal(decide(Goods.fulfil(BUYER, 1), NOON))).isEmpty();
        assertThat(refusal(decide(Goods.cancel(BUYER, 1), LAST_MOMENT.plusMillis(1))))
                .hasValue(new OrderNotCancellable(Cause.FULFILLED));
        assertThat(refusal(decide(byOperator(), NOON))).isEmpty();
        assertThat(refusal(decide(Goods.cancel(BUYER, 1), NOON))).hasValue(new OrderNotCancellable(Cause.CANCELLED));
    }

    @Test
    void marksAnOrderAsFulfilledOnce() {
        decide(Goods.fulfil(BUYER, 1), NOON);
        decide(Goods.fulfil(BUYER, 1), LAST_MOMENT);
        assertThat(state.orders.values()).extracting(Order::fulfilledAt).containsExactly(NOON);
        assertThat(state.changes).hasSize(2);
    }

    @Test
    void doesNotFulfilACancelledOrder() {
        decide(Goods.cancel(BUYER, 1), NOON);
        assertThat(refusal(decide(Goods.fulfil(BUYER, 1), NOON))).hasValue(new OrderNotFulfillable(Cause.CANCELLED));
    }
}
