package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CartTests {

    @Test
    void readsWhatItWrites() {
        Cart cart = Cart.parse("12x2-40x10000-9007199254740991x1");
        assertThat(cart.pieces()).isEqualTo(Map.of(12L, 2L, 40L, 10_000L, 9_007_199_254_740_991L, 1L));
        assertThat(Cart.parse(cart.text())).isEqualTo(cart);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "x", "1x", "x1", "0x1", "1x0", "01x1", "1x10001", "9007199254740992x1", "1x1x1"})
    void leavesOutWhatCannotBeRead(String text) {
        assertThat(Cart.parse(text).isEmpty()).isTrue();
        assertThat(Cart.parse(text + "-7x3").pieces()).isEqualTo(Map.of(7L, 3L));
    }

    @Test
    void readsNoMoreThanAnOrderTakes() {
        StringBuilder text = new StringBuilder();
        for (int product = 1; product <= 1_000; product++) {
            text.append(product).append("x1-");
        }
        assertThat(Cart.parse(text.toString()).pieces()).hasSize(100);
    }

    @Test
    void neverHoldsMorePiecesThanALineTakes() {
        Cart full = Cart.parse("1x10000");
        assertThatThrownBy(() -> full.plus(1, 1, 30))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void keepsWhatWasNotBought() {
        assertThat(Cart.parse("1x1-2x2").without(Cart.parse("1x1-3x1"))).isEqualTo(Cart.parse("2x2"));
    }
}
