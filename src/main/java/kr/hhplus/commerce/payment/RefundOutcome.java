package kr.hhplus.commerce.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a provider says about a refund. */
sealed interface RefundOutcome {

    /**
     * It was paid back.
     *
     * @param cancelKey the provider's key of the cancellation; null if it has none
     */
    record Done(Instant at, @Nullable String cancelKey) implements RefundOutcome {}

    /** It was not paid back by this request, and the provider lists it nowhere. An earlier request may still run. */
    record Refused(String failure) implements RefundOutcome {
        public Refused {
            failure = Payment.shortened(failure, Payment.FAILURE_LENGTH_MAX);
        }
    }
}
