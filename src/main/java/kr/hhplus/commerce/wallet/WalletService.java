package kr.hhplus.commerce.wallet;

import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tops up balances, for the API and for pages. */
@Service
public class WalletService {

    private final ChargeBatchHandler batches;
    private final WalletProperties properties;

    WalletService(ChargeBatchHandler batches, WalletProperties properties) {
        this.batches = batches;
        this.properties = properties;
    }

    /**
     * Tops up a balance.
     *
     * @param key the idempotency key, or null
     * @throws RefusedException FORBIDDEN for another user's balance; INVALID_REQUEST if the amount exceeds
     *     {@code commerce.wallet.charge-max} or the key is not valid
     */
    public CompletableFuture<CommandResult<ChargedBalance>> charge(
            Caller caller, ChargeRequest request, @Nullable String key) {
        if (request.amount() > properties.chargeMax()) {
            throw new RefusedException(InvalidRequest.at("/amount", "Max", properties.chargeMax()));
        }
        long userId = caller.actingFor(request.userId());
        IdempotencyKey idempotencyKey =
                IdempotencyKey.of(caller, key, "charge " + new ChargeRequest(userId, request.amount()));
        return batches.submit(
                new ChargeBalance(userId, Won.of(request.amount()), caller.operatorName(), idempotencyKey));
    }
}
