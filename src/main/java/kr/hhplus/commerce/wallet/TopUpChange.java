package kr.hhplus.commerce.wallet;

import org.jspecify.annotations.Nullable;

/**
 * A top-up after a command.
 *
 * @param refund the refund that the command was about; null for other commands
 * @param begun whether the command began to confirm the top-up, so that its caller asks the provider
 */
public record TopUpChange(TopUp topUp, @Nullable TopUpRefund refund, boolean begun) {

    static TopUpChange of(TopUp topUp) {
        return new TopUpChange(topUp, null, false);
    }
}
