package kr.hhplus.commerce.payment;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.wallet.TopUp;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about the payment of a top-up.
 *
 * @param paymentKey the provider's key; null if it knows no payment
 * @param amount null unless the payment is DONE
 * @param approvedAt null unless the payment is DONE
 * @param failure why the payment is not credited; null unless it FAILED, is CANCELLED or MISMATCHED
 */
record Payment(
        State state,
        @Nullable String paymentKey,
        @Nullable Won amount,
        @Nullable Instant approvedAt,
        @Nullable String failure) {

    static final int FAILURE_LENGTH_MAX = 200;

    enum State {
        /** The provider knows no payment. */
        ABSENT,
        /** It can still be confirmed. */
        OPEN,
        /** The money has been paid, in the amount of the top-up. */
        DONE,
        /** Another amount was paid, or a part was paid back. That stays so until the payment is cancelled. */
        MISMATCHED,
        /** Money was paid and then paid back in whole, and that stays so. */
        CANCELLED,
        /** No money was paid, and that stays so. */
        FAILED
    }

    static final Payment ABSENT = new Payment(State.ABSENT, null, null, null, null);

    static final Payment CANCELLED = new Payment(State.CANCELLED, null, null, null, "the payment was cancelled");

    static Payment open(String paymentKey) {
        return new Payment(State.OPEN, paymentKey, null, null, null);
    }

    /** A payment that was made: DONE, or MISMATCHED if its amount is not the top-up's. */
    static Payment done(TopUp topUp, String paymentKey, Won amount, Instant approvedAt) {
        return amount.equals(topUp.amount())
                ? new Payment(State.DONE, paymentKey, amount, approvedAt, null)
                : mismatched(paymentKey, amount + " won were paid for a top-up of " + topUp.amount());
    }

    static Payment mismatched(String paymentKey, String failure) {
        return new Payment(State.MISMATCHED, paymentKey, null, null, failure);
    }

    static Payment failed(String failure) {
        return new Payment(State.FAILED, null, null, null, shortened(failure, FAILURE_LENGTH_MAX));
    }

    /** Returns the beginning of a text, at most so many chars, without half of a surrogate pair at its end. */
    static String shortened(String text, int lengthMax) {
        if (text.length() <= lengthMax) {
            return text;
        }
        return text.substring(0, lengthMax - (Character.isHighSurrogate(text.charAt(lengthMax - 1)) ? 1 : 0));
    }
}
