package kr.hhplus.commerce.wallet;

import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Tops up balances, for the API and for pages. */
@Service
public class WalletService {

    private static final Logger log = LoggerFactory.getLogger(WalletService.class);

    private final ChargeBatchHandler batches;
    private final WalletProperties properties;

    WalletService(ChargeBatchHandler batches, WalletProperties properties) {
        this.batches = batches;
        this.properties = properties;
        if (properties.selfCharge()) {
            log.warn("commerce.wallet.self-charge=true: EVERY USER MAY TOP UP THEIR OWN BALANCE WITHOUT A PAYMENT."
                    + " Use this for demonstrations only.");
        }
    }

    /**
     * Tops up a balance.
     *
     * @param key the idempotency key, or null
     * @throws RefusedException FORBIDDEN for another user's balance; TOP_UP_REQUIRED for a user, unless
     *     {@code commerce.wallet.self-charge} is true; INVALID_REQUEST if the amount exceeds
     *     {@code commerce.wallet.charge-max} or the key is not valid
     */
    public CompletableFuture<CommandResult<ChargedBalance>> charge(
            Caller caller, ChargeRequest request, @Nullable String key) {
        if (request.amount() > properties.chargeMax()) {
            throw new RefusedException(InvalidRequest.at("/amount", "Max", properties.chargeMax()));
        }
        long userId = caller.actingFor(request.userId());
        if (!mayCharge(caller)) {
            throw new RefusedException(TopUpRefusal.TOP_UP_REQUIRED);
        }
        IdempotencyKey idempotencyKey =
                IdempotencyKey.of(caller, key, "charge " + new ChargeRequest(userId, request.amount()));
        return batches.submit(new ChargeBalance(userId, Won.of(request.amount()), auditedName(caller), idempotencyKey));
    }

    /** Returns whether the caller may top up balances without a payment. In local and open mode, every caller may. */
    public boolean mayCharge(Caller caller) {
        return !caller.authenticated() || caller.actsForOthers() || properties.selfCharge();
    }

    /** A user's own charge is audited too, because only an exceptional setting allows it. */
    private static @Nullable String auditedName(Caller caller) {
        return caller.authenticated() ? caller.name() : null;
    }
}
