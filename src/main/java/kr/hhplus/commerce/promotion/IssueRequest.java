package kr.hhplus.commerce.promotion;

import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.web.request.OwnerDefault;
import kr.hhplus.commerce.web.response.FastPath.PlainRequest;

/**
 * A coupon for a user, as whoever asks for it writes it, in a call or in a form.
 *
 * @param campaignId null: of the one campaign that is open
 */
public record IssueRequest(
        @OwnerDefault @Id Long userId, @Id Long campaignId) implements PlainRequest {

    @Override
    public boolean isPlain(Caller caller) {
        return OwnerDefault.Check.isMet(userId, caller) && Id.Check.isMet(userId) && Id.Check.isMet(campaignId);
    }
}
