package kr.hhplus.commerce.coupon;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.problem.RefusedException;
import org.springframework.stereotype.Service;

/** Where coupons are asked for, by a call or by a page: past the signs that say sold out, into the lane. */
@Service
public class CouponDesk {

    private final SoldOutCampaigns soldOut;
    private final Issuing issuing;
    private final Coupons coupons;

    CouponDesk(SoldOutCampaigns soldOut, Issuing issuing, Coupons coupons) {
        this.soldOut = soldOut;
        this.issuing = issuing;
        this.coupons = coupons;
    }

    /** @throws RefusedException FORBIDDEN where it would be somebody else's, INVALID_REQUEST where the key is none */
    public CompletableFuture<Answer<Coupon>> issue(Caller caller, IssueRequest request, String key) {
        long userId = caller.actingFor(request.userId());
        RequestKey requestKey = RequestKey.of(caller, key, "issue " + new IssueRequest(userId, request.campaignId()));
        return soldOut.refuseOr(issuing::submit, new IssueCoupon(userId, request.campaignId(), requestKey));
    }

    /** The user's coupon of a campaign: there is one at most. */
    public Optional<Coupon> held(long userId, long campaignId) {
        return coupons.ofUserAndCampaign(userId, campaignId);
    }
}
