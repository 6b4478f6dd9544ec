package kr.hhplus.commerce.wallet;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.web.request.OwnerDefault;

/** Money for a wallet, as whoever asks for it writes it, in a call or in a form. */
public record ChargeRequest(
        @OwnerDefault @Id Long userId, @NotNull @Min(1) Long amount) {}
