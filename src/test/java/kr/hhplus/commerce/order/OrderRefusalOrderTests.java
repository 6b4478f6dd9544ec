package kr.hhplus.commerce.order;

import static kr.hhplus.commerce.order.Goods.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderState.Numbered;
import kr.hhplus.commerce.promotion.BatchCoupons;
import kr.hhplus.commerce.promotion.Coupon;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where several things are against an order at once, the one further up in the error codes is answered. */
class OrderRefusalOrderTests {

    private static final List<ErrorCode> REASONS = List.of(
            ErrorCode.SALE_PAUSED,
            ErrorCode.PRODUCT_NOT_FOUND,
            ErrorCode.COUPON_NOT_FOUND,
            ErrorCode.SALE_NOT_OPEN,
            ErrorCode.PURCHASE_LIMIT_EXCEEDED,
            ErrorCode.INSUFFICIENT_STOCK,
            ErrorCode.COUPON_ALREADY_USED,
            ErrorCode.COUPON_EXPIRED,
            ErrorCode.COUPON_NOT_APPLICABLE,
            ErrorCode.INSUFFICIENT_BALANCE);

    /** Every set of reasons, so every pair is among them. */
    static Stream<Set<ErrorCode>> combinations() {
        List<Set<ErrorCode>> all = new ArrayList<>();
        for (int bits = 1; bits < 1 << REASONS.size(); bits++) {
            Set<ErrorCode> reasons = EnumSet.noneOf(ErrorCode.class);
            for (int i = 0; i < REASONS.size(); i++) {
                if ((bits & 1 << i) != 0) {
                    reasons.add(REASONS.get(i));
                }
            }
            all.add(reasons);
        }
        return all.stream();
    }

    /** Each reason is about a product of its own, the later the reason the smaller its id: lines do not decide. */
    @ParameterizedTest
    @MethodSource("combinations")
    void answersTheFirst(Set<ErrorCode> reasons) {
        List<Product> products = List.of(
                Goods.product(1, 100, 9),
                Goods.product(2, 100, 0),
                Goods.product(3, 100, 9, 1L, null, null),
                Goods.product(4, 100, 9, null, null, NOON));
        Map<Long, Long> pieces = new TreeMap<>(Map.of(1L, 1L));
        pick(reasons, ErrorCode.INSUFFICIENT_STOCK, pieces, 2);
        pick(reasons, ErrorCode.PURCHASE_LIMIT_EXCEEDED, pieces, 3);
        pick(reasons, ErrorCode.SALE_NOT_OPEN, pieces, 4);
        pick(reasons, ErrorCode.PRODUCT_NOT_FOUND, pieces, 5);
        long balance = reasons.contains(ErrorCode.INSUFFICIENT_BALANCE) ? 98 : 10_000;
        OrderState state =
                OrderState.of(Map.of(7L, new Account(Won.of(balance), 1)), List.of(coupon(reasons)), products);
        List<Object> before = state.everything();
        CommandResult<?> answer = state.decide(
                        List.of(new Numbered(1, Goods.place(7, pieces, 1L))),
                        reasons.contains(ErrorCode.SALE_PAUSED),
                        NOON)
                .get(0);
        assertThat(answer).isInstanceOf(CommandResult.Refused.class);
        assertThat(((CommandResult.Refused<?>) answer).refusal().code())
                .isEqualTo(reasons.stream().min(ErrorCode::compareTo).orElseThrow());
        assertThat(state.everything()).isEqualTo(before);
    }

    private static void pick(Set<ErrorCode> reasons, ErrorCode reason, Map<Long, Long> pieces, long productId) {
        if (reasons.contains(reason)) {
            pieces.put(productId, 2L);
        }
    }

    private static Coupon coupon(Set<ErrorCode> reasons) {
        Instant expires = reasons.contains(ErrorCode.COUPON_EXPIRED) ? NOON : NOON.plusMillis(1);
        long minimum = reasons.contains(ErrorCode.COUPON_NOT_APPLICABLE) ? 1_000_000 : 0;
        long owner = reasons.contains(ErrorCode.COUPON_NOT_FOUND) ? 8 : 7;
        Coupon coupon = Goods.coupon(1, owner, Goods.fixed(1), minimum, expires);
        if (!reasons.contains(ErrorCode.COUPON_ALREADY_USED)) {
            return coupon;
        }
        BatchCoupons coupons = new BatchCoupons(List.of(coupon));
        coupons.use(coupon, IdText.of(99), NOON);
        return coupons.find(coupon.couponId(), owner).orElseThrow();
    }
}
