package kr.hhplus.commerce.kernel.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.ids.IdText;
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
        Cursors cursors = PageRequest.of(null, 1).cursorsOf("things");
        assertThat(cursors.idBefore()).isEqualTo(Long.MAX_VALUE);
        PageRequest next = PageRequest.of(cursors.after(IdText.of(42)), 1);
        assertThat(next.cursorsOf("things").idBefore()).isEqualTo(42);
        PageRequest noId = PageRequest.of(cursors.after("no-id"), 1);
        assertRefused(ErrorCode.INVALID_CURSOR, () -> noId.cursorsOf("things").idBefore());
    }

    @Test
    void pointsOnOnlyWhereThereIsMore() {
        Cursors cursors = PageRequest.of(null, 2).cursorsOf("numbers");
        assertThat(Page.of(List.of(3, 2, 1), 2, cursors, String::valueOf))
                .isEqualTo(new Page<>(List.of(3, 2), cursors.after("2")));
        assertThat(Page.of(List.of(3, 2), 2, cursors, String::valueOf)).isEqualTo(new Page<>(List.of(3, 2), null));
        assertThat(Page.of(List.<Integer>of(), 2, cursors, String::valueOf)).isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    void refusesACursorOfAnotherListSortOrFilter() {
        String cursor =
                PageRequest.of(null, 1).cursorsOf("things", "price", 7L, null).after(IdText.of(42));
        PageRequest request = PageRequest.of(cursor, 1);
        assertThat(request.cursorsOf("things", "price", 7L, null).idBefore()).isEqualTo(42);
        assertRefused(ErrorCode.INVALID_CURSOR, () -> request.cursorsOf("others", "price", 7L, null));
        assertRefused(ErrorCode.INVALID_CURSOR, () -> request.cursorsOf("things", "-price", 7L, null));
        assertRefused(ErrorCode.INVALID_CURSOR, () -> request.cursorsOf("things", "price", 8L, null));
        assertRefused(ErrorCode.INVALID_CURSOR, () -> request.cursorsOf("things", "price", 7L, "red"));
        assertRefused(
                ErrorCode.INVALID_CURSOR, () -> PageRequest.of(IdText.of(42), 1).cursorsOf("things"));
        assertRefused(ErrorCode.INVALID_CURSOR, () -> PageRequest.of("a", 1).cursorsOf("things"));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(code));
    }
}
