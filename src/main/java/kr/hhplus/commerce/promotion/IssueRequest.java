package kr.hhplus.commerce.promotion;

import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.web.request.OwnerDefault;

/**
 * A request for a coupon, from an API client or a form.
 *
 * @param campaignId null means the only open campaign
 */
public record IssueRequest(
        @OwnerDefault @Id Long userId, @Id Long campaignId) {}
