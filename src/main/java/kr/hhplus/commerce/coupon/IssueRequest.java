package kr.hhplus.commerce.coupon;

import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.Id;
import kr.hhplus.commerce.shared.http.OwnIfAbsent;
import kr.hhplus.commerce.shared.http.answers.FastPath.PlainRequest;

/**
 * A coupon for a user, as whoever asks for it writes it, in a call or in a form.
 *
 * @param campaignId null: of the one campaign that is open
 */
public record IssueRequest(@OwnIfAbsent @Id Long userId, @Id Long campaignId) implements PlainRequest {

    @Override
    public boolean isPlain(Caller caller) {
        return OwnIfAbsent.Check.isMet(userId, caller) && Id.Check.isMet(userId) && Id.Check.isMet(campaignId);
    }
}
