package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The limits of an order's attributes, and their part in the fingerprint of an order. */
class OrderAttributesTests {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private static OrderRequest order(@Nullable Map<String, String> attributes) {
        return new OrderRequest(
                7L,
                List.of(new OrderRequest.Line(1L, 1L)),
                null,
                null,
                attributes == null ? null : new TreeMap<>(attributes));
    }

    private static boolean isAllowed(Map<String, String> attributes) {
        return VALIDATOR.validate(order(attributes)).isEmpty();
    }

    private static Map<String, String> keys(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "key " + i, i -> ""));
    }

    @Test
    void areAtMostTwentyKeys() {
        assertThat(isAllowed(keys(20))).isTrue();
        assertThat(isAllowed(keys(21))).isFalse();
    }

    @Test
    void haveVisibleKeysOfAtMostFortyCodePoints() {
        assertThat(isAllowed(Map.of("선물 메모", "축하해요\n생일"))).isTrue();
        assertThat(isAllowed(Map.of("🎁".repeat(40), ""))).isTrue();
        assertThat(isAllowed(Map.of("a".repeat(41), ""))).isFalse();
        assertThat(isAllowed(Map.of("", "x"))).isFalse();
        assertThat(isAllowed(Map.of(" ", "x"))).isFalse();
        assertThat(isAllowed(Map.of("a\nb", "x"))).isFalse();
        assertThat(isAllowed(Map.of("\uD800", "x"))).isFalse();
    }

    @Test
    void takeFourKibibytesOfUtf8InAll() {
        assertThat(isAllowed(Map.of("k", "a".repeat(4095)))).isTrue();
        assertThat(isAllowed(Map.of("k", "a".repeat(4096)))).isFalse();
        assertThat(isAllowed(Map.of("k", "가".repeat(1365)))).isTrue();
        assertThat(isAllowed(Map.of("k", "가".repeat(1365) + "a"))).isFalse();
        assertThat(isAllowed(Map.of("k", "a".repeat(2047), "l", "a".repeat(2048))))
                .isFalse();
    }

    @Test
    void haveTextsAsValues() {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("note", null);
        assertThat(isAllowed(attributes)).isFalse();
    }

    private static IdempotencyKey key(@Nullable Map<String, String> attributes) {
        return order(attributes).toCommand(Caller.UNRESTRICTED, "key").idempotencyKey();
    }

    @Test
    void arePartOfTheFingerprintOnlyIfPresent() {
        IdempotencyKey without = IdempotencyKey.of(Caller.UNRESTRICTED, "key", "order 7 {1=1} null");
        assertThat(key(null)).isEqualTo(without);
        assertThat(key(Map.of())).isEqualTo(without);
        SortedMap<String, String> attributes = new TreeMap<>(Map.of("a", "b", "c", "d"));
        assertThat(key(attributes)).isEqualTo(key(Map.of("c", "d", "a", "b"))).isNotEqualTo(without);
        assertThat(key(attributes)).isNotEqualTo(key(Map.of("a", "b1:c1:d")));
        assertThat(key(Map.of("ab", "c"))).isNotEqualTo(key(Map.of("a", "bc")));
    }

    @Test
    void areNoneIfEmpty() {
        assertThat(order(Map.of()).toCommand(Caller.UNRESTRICTED, null).attributes())
                .isNull();
    }
}
