package kr.hhplus.commerce.order;

import java.util.List;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.promotion.Coupon;

/**
 * What an order would cost and leave, and what would be against it, at the moment of asking. Nothing is held back.
 *
 * @param remaining of the balance; negative where it would not do
 * @param refusal null: it would be placed
 * @param choices the user's unused coupons
 */
public record Quote(
        List<Order.Item> items,
        Won total,
        Won discount,
        Won paid,
        Won balance,
        Won remaining,
        Refusal refusal,
        List<Choice> choices) {

    /** A coupon that could be chosen. @param refusal why not; null: it can */
    public record Choice(Coupon coupon, Won saves, Refusal refusal) {}
}
