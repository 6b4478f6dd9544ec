package kr.hhplus.commerce.shared.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.RefusedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list that is read page by page. */
class PageTests {

    @Test
    void holdsTwentyRowsWhereNobodySaysOtherwise() {
        assertThat(PageRequest.of(null, null)).isEqualTo(new PageRequest(null, 20));
    }

    @Test
    void takesAnEmptyCursorForNone() {
        assertThat(PageRequest.of("", 5).cursor()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void holdsOneToAHundredRows(int size) {
        assertThat(PageRequest.of(null, size).size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 101, Integer.MAX_VALUE})
    void refusesAnyOtherSize(int size) {
        assertRefused(ErrorCode.INVALID_REQUEST, () -> PageRequest.of(null, size));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a.b", "a+b", "한", "a\u0000", "=="})
    void refusesACursorOfOtherSigns(String cursor) {
        assertRefused(ErrorCode.INVALID_CURSOR, () -> PageRequest.of(cursor, 1));
    }

    @Test
    void refusesACursorThatIsTooLong() {
        assertThat(PageRequest.of("a".repeat(700), 1).cursor()).hasSize(700);
        assertRefused(ErrorCode.INVALID_CURSOR, () -> PageRequest.of("a".repeat(701), 1));
    }

    @Test
    void beginsAboveEveryIdAndGoesOnBelowTheCursor() {
        assertThat(PageRequest.of(null, 1).idBefore()).isEqualTo(Long.MAX_VALUE);
        assertThat(PageRequest.of(IdText.of(42), 1).idBefore()).isEqualTo(42);
        assertRefused(ErrorCode.INVALID_CURSOR, () -> PageRequest.of("no-id", 1).idBefore());
    }

    @Test
    void pointsOnOnlyWhereThereIsMore() {
        assertThat(Page.of(List.of(3, 2, 1), 2, String::valueOf)).isEqualTo(new Page<>(List.of(3, 2), "2"));
        assertThat(Page.of(List.of(3, 2), 2, String::valueOf)).isEqualTo(new Page<>(List.of(3, 2), null));
        assertThat(Page.of(List.<Integer>of(), 2, String::valueOf)).isEqualTo(new Page<>(List.of(), null));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(code));
    }
}
