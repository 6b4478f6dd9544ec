package kr.hhplus.commerce.promotion;

import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.web.request.OwnerDefault;

/**
 * A coupon for a user, as an API client or a form asks for it.
 *
 * @param campaignId null asks for a coupon of the only open campaign
 */
public record IssueRequest(
        @OwnerDefault @Id Long userId, @Id Long campaignId) {}
