package kr.hhplus.commerce.coupon;

import kr.hhplus.commerce.shared.http.Id;
import kr.hhplus.commerce.shared.http.OwnIfAbsent;

/**
 * A coupon for a user, as whoever asks for it writes it, in a call or in a form.
 *
 * @param campaignId null: of the one campaign that is open
 */
public record IssueRequest(@OwnIfAbsent @Id Long userId, @Id Long campaignId) {}
