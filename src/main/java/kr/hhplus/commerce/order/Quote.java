package kr.hhplus.commerce.order;

import java.util.List;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.promotion.Coupon;

/**
 * The price of a possible order, and the refusal that it would get now. A quote reserves nothing.
 *
 * @param remaining the balance after the order; negative if the balance is too low
 * @param refusal null if the order would be placed
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

    /**
     * An unused coupon.
     *
     * @param refusal why the order cannot use it; null if it can
     */
    public record Choice(Coupon coupon, Won saves, Refusal refusal) {}
}
