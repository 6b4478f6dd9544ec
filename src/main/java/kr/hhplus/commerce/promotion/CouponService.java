package kr.hhplus.commerce.promotion;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Issues and finds coupons, for the API and for pages. */
@Service
public class CouponService {

    private final SoldOutCampaignCheck soldOutCampaignCheck;
    private final IssueBatchHandler batches;
    private final Coupons coupons;

    CouponService(SoldOutCampaignCheck soldOutCampaignCheck, IssueBatchHandler batches, Coupons coupons) {
        this.soldOutCampaignCheck = soldOutCampaignCheck;
        this.batches = batches;
        this.coupons = coupons;
    }

    /**
     * Issues a coupon.
     *
     * @param key the idempotency key, or null
     * @throws RefusedException FORBIDDEN for another user's coupon; INVALID_REQUEST if the key is not valid
     */
    public CompletableFuture<CommandResult<Coupon>> issue(Caller caller, IssueRequest request, @Nullable String key) {
        long userId = caller.actingFor(request.userId());
        IdempotencyKey idempotencyKey = IdempotencyKey.of(caller, key, fingerprinted(userId, request.campaignId()));
        IssueCoupon command = new IssueCoupon(
                userId, request.campaignId(), idempotencyKey, caller.actsForOthers() ? null : caller.claims());
        Optional<Refusal> soldOut = soldOutCampaignCheck.refusalFor(command);
        if (soldOut.isPresent()) {
            return CompletableFuture.completedFuture(CommandResult.refused(soldOut.get()));
        }
        return batches.submit(command).whenComplete((result, failure) -> soldOutCampaignCheck.onResult(result));
    }

    /** The operation and its arguments. Stored keys have fingerprints of this text, so it must not change. */
    static String fingerprinted(long userId, @Nullable Long campaignId) {
        return "issue IssueRequest[userId=" + userId + ", campaignId=" + campaignId + "]";
    }

    /** Finds the user's coupon of a campaign. A user has at most one per campaign. */
    public Optional<Coupon> find(long userId, long campaignId) {
        return coupons.ofUserAndCampaign(userId, campaignId);
    }
}
