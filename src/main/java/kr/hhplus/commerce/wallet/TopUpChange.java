package kr.hhplus.commerce.wallet;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A top-up after a command.
 *
 * @param refund the refund that the command was about; null for other commands
 * @param asksProvider whether the caller of the command goes on by asking the provider: the command began to confirm
 *     the top-up, or to have its payment cancelled
 */
public record TopUpChange(
        TopUp topUp,
        @Nullable TopUpRefund refund,
        @JsonProperty("begun") boolean asksProvider) {

    static TopUpChange of(TopUp topUp) {
        return new TopUpChange(topUp, null, false);
    }
}
