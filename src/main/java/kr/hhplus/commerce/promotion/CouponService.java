package kr.hhplus.commerce.promotion;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import org.springframework.stereotype.Service;

/** Where coupons are asked for, by a call or by a page: past the signs that say sold out, into the lane. */
@Service
public class CouponService {

    private final SoldOutCampaigns soldOut;
    private final IssueBatchHandler issuing;
    private final Coupons coupons;

    CouponService(SoldOutCampaigns soldOut, IssueBatchHandler issuing, Coupons coupons) {
        this.soldOut = soldOut;
        this.issuing = issuing;
        this.coupons = coupons;
    }

    /** @throws RefusedException FORBIDDEN where it would be somebody else's, INVALID_REQUEST where the key is none */
    public CompletableFuture<CommandResult<Coupon>> issue(Caller caller, IssueRequest request, String key) {
        long userId = caller.actingFor(request.userId());
        IdempotencyKey requestKey =
                IdempotencyKey.of(caller, key, "issue " + new IssueRequest(userId, request.campaignId()));
        return soldOut.refuseOr(issuing::submit, new IssueCoupon(userId, request.campaignId(), requestKey));
    }

    /** The user's coupon of a campaign: there is one at most. */
    public Optional<Coupon> held(long userId, long campaignId) {
        return coupons.ofUserAndCampaign(userId, campaignId);
    }
}
