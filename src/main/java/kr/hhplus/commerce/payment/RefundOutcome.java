package kr.hhplus.commerce.payment;

import java.time.Instant;

/** What a provider says for certain about a refund. */
sealed interface RefundOutcome {

    /** It was paid back. */
    record Done(Instant at) implements RefundOutcome {}

    /** It was not paid back and will not be. */
    record Refused(String failure) implements RefundOutcome {}
}
