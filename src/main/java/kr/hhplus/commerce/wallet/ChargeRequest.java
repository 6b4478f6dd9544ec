package kr.hhplus.commerce.wallet;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import kr.hhplus.commerce.shared.http.Id;
import kr.hhplus.commerce.shared.http.OwnIfAbsent;

/** Money for a wallet, as whoever asks for it writes it, in a call or in a form. */
public record ChargeRequest(
        @OwnIfAbsent @Id Long userId, @NotNull @Min(1) Long amount) {}
