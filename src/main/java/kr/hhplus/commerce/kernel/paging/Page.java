package kr.hhplus.commerce.kernel.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;

/** One page of a list. {@code nextCursor} is null, and written so, on the last one. */
public record Page<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) String nextCursor) {

    /**
     * Cuts a page out of what a query for one row more than the page holds has found.
     *
     * @param found up to {@code size + 1} rows, in order
     * @param position of the last row on the page, from where the next one goes on
     */
    public static <T> Page<T> of(List<T> found, int size, Cursors cursors, Function<T, String> position) {
        if (found.size() <= size) {
            return new Page<>(List.copyOf(found), null);
        }
        List<T> items = List.copyOf(found.subList(0, size));
        return new Page<>(items, cursors.after(position.apply(items.get(size - 1))));
    }

    public <S> Page<S> map(Function<T, S> to) {
        return new Page<>(items.stream().map(to).toList(), nextCursor);
    }
}
