package kr.hhplus.commerce.payment;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about the payment of a top-up.
 *
 * @param paymentKey the provider's key; null if it knows no payment
 * @param amount null unless the payment is DONE
 * @param approvedAt null unless the payment is DONE
 * @param failure why the payment failed; null unless it FAILED
 */
record Payment(
        State state,
        @Nullable String paymentKey,
        @Nullable Won amount,
        @Nullable Instant approvedAt,
        @Nullable String failure) {

    private static final int FAILURE_LENGTH_MAX = 200;

    enum State {
        /** The provider knows no payment. */
        ABSENT,
        /** It can still be confirmed. */
        OPEN,
        /** The money has been paid. */
        DONE,
        /** No money was paid, or it was paid back in whole, and that stays so. */
        FAILED
    }

    static final Payment ABSENT = new Payment(State.ABSENT, null, null, null, null);

    static Payment open(String paymentKey) {
        return new Payment(State.OPEN, paymentKey, null, null, null);
    }

    static Payment done(String paymentKey, Won amount, Instant approvedAt) {
        return new Payment(State.DONE, paymentKey, amount, approvedAt, null);
    }

    static Payment failed(String failure) {
        int end = Math.min(failure.length(), FAILURE_LENGTH_MAX);
        return new Payment(State.FAILED, null, null, null, failure.substring(0, end));
    }
}
