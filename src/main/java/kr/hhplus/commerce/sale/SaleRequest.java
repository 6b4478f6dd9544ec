package kr.hhplus.commerce.sale;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * How an operator wants the switch to stand.
 *
 * @param message words to those who wait, or null
 */
public record SaleRequest(
        @NotNull Boolean paused, @Size(max = 200) String message) {

    public SaleSwitch.State state() {
        return new SaleSwitch.State(paused, message);
    }
}
