package kr.hhplus.commerce.payment;

import java.time.Instant;

/** What a provider says about a refund. */
sealed interface RefundOutcome {

    /** It was paid back. */
    record Done(Instant at) implements RefundOutcome {}

    /** It was not paid back by this request, and the provider lists it nowhere. An earlier request may still run. */
    record Refused(String failure) implements RefundOutcome {
        public Refused {
            failure = Payment.shortened(failure, Payment.FAILURE_LENGTH_MAX);
        }
    }
}
