package kr.hhplus.commerce.sale;

import jakarta.validation.constraints.NotNull;
import kr.hhplus.commerce.kernel.text.TextRules;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * The state that an operator sets.
 *
 * @param message the message to customers; null or blank for none
 */
public record SaleRequest(
        @NotNull Boolean paused, @CodePointLength(max = 200) String message) {

    public SaleSwitch.State state() {
        return new SaleSwitch.State(paused, message == null || TextRules.isBlank(message) ? null : message);
    }
}
