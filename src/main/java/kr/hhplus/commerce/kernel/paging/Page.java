package kr.hhplus.commerce.kernel.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;

/** One page of a list. On the last page {@code nextCursor} is null and is written as null. */
public record Page<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) String nextCursor) {

    /**
     * Creates a page from the result of a query that has read one row more than the page holds.
     *
     * @param found up to {@code size + 1} rows, in order
     * @param position returns the position of the last row, at which the next page continues
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
