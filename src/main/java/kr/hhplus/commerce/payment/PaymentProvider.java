package kr.hhplus.commerce.payment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpRefund;

/**
 * A payment provider. Its calls block, and any exception means that the outcome is unknown: the settlement asks again.
 * Every call may be repeated, by several instances at the same time, and takes effect once.
 */
interface PaymentProvider {

    /** The name in requests and tables: lower-case letters, at most 20. */
    String name();

    /** Returns what a client needs to let the user pay. Calls nobody. */
    Checkout checkout(TopUp topUp);

    /**
     * Confirms the payment that the user has authorized. Money moves by this call alone.
     *
     * @param requestNo a new number after an answer of the provider, the same number without
     */
    Payment confirm(TopUp topUp, int requestNo);

    /** Finds out what became of the payment, by the provider's key or by the id of the top-up. Moves no money. */
    Payment find(TopUp topUp);

    /**
     * Pays a refund back, or finds out that it was paid back before.
     *
     * @param requestNo a new number after an answer of the provider, the same number without
     * @param takenKeys keys of the cancellations that have paid back other refunds of the top-up
     */
    RefundOutcome refund(TopUp topUp, TopUpRefund refund, int requestNo, Set<String> takenKeys);

    /** Cancels what is left of a payment that does not fit its top-up. {@link #find} tells whether that happened. */
    void cancel(TopUp topUp, Payment payment, String reason);

    /**
     * Returns the top-up that a webhook is about. Nothing else of a webhook is believed.
     *
     * @param webhook from anybody
     */
    OptionalLong topUpOf(JsonNode webhook);

    /** Lists all payments and refunds of a day (Asia/Seoul). */
    List<ProviderTransaction> transactions(LocalDate day);
}
