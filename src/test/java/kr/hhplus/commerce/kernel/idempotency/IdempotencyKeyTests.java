package kr.hhplus.commerce.kernel.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client's key as it came in the header. */
class IdempotencyKeyTests {

    @Test
    void isAbsentWhereNoneWasSent() {
        assertThat(IdempotencyKey.of(Caller.UNRESTRICTED, null, "charge 1 100").isPresent())
                .isFalse();
        assertThat(IdempotencyKey.of(Caller.UNRESTRICTED, "k", "charge 1 100").isPresent())
                .isTrue();
    }

    @Test
    void tellsRequestsApart() {
        IdempotencyKey first = IdempotencyKey.of(Caller.UNRESTRICTED, "k", "charge 1 100");
        assertThat(first.sameRequest(IdempotencyKey.of(Caller.UNRESTRICTED, "k", "charge 1 100")
                        .fingerprint()))
                .isTrue();
        assertThat(first.sameRequest(IdempotencyKey.of(Caller.UNRESTRICTED, "k", "charge 1 101")
                        .fingerprint()))
                .isFalse();
        assertThat(first.fingerprint()).hasSize(16);
    }

    @Test
    void isEqualByKeyAndRequest() {
        assertThat(IdempotencyKey.of(Caller.UNRESTRICTED, "k", "a"))
                .isEqualTo(IdempotencyKey.of(Caller.UNRESTRICTED, "k", "a"))
                .hasSameHashCodeAs(IdempotencyKey.of(Caller.UNRESTRICTED, "k", "a"));
        assertThat(IdempotencyKey.of(Caller.UNRESTRICTED, "k", "a"))
                .isNotEqualTo(IdempotencyKey.of(Caller.UNRESTRICTED, "k", "b"))
                .isNotEqualTo(IdempotencyKey.of(Caller.UNRESTRICTED, "l", "a"));
    }

    @Test
    void takesEveryVisibleSignUpTo255() {
        StringBuilder visible = new StringBuilder();
        for (char c = '!'; c <= '~'; c++) {
            visible.append(c);
        }
        assertThat(IdempotencyKey.of(Caller.UNRESTRICTED, visible.toString(), "a")
                        .key())
                .isEqualTo(visible.toString());
        assertThat(IdempotencyKey.of(Caller.UNRESTRICTED, "x".repeat(255), "a").key())
                .hasSize(255);
    }

    static Stream<String> refused() {
        return Stream.of("", " ", "a b", "a\tb", "a\u007f", "키", "x".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesAnythingElse(String key) {
        assertThatThrownBy(() -> IdempotencyKey.of(Caller.UNRESTRICTED, key, "a"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }
}
