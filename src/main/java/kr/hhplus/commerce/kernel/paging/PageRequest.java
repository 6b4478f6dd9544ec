package kr.hhplus.commerce.kernel.paging;

import java.util.Arrays;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;

/**
 * The page that a client requests.
 *
 * @param cursor opaque text of {@code [A-Za-z0-9_-]}, or null for the first page
 * @param size rows on the page, 1..100
 */
public record PageRequest(String cursor, int size) {

    public static final int SIZE_DEFAULT = 20;
    public static final int SIZE_MAX = 100;
    private static final int CURSOR_LENGTH_MAX = 700;

    /**
     * Validates the query parameters.
     *
     * @throws RefusedException INVALID_REQUEST, INVALID_CURSOR
     */
    public static PageRequest of(String cursor, Integer size) {
        int rows = size == null ? SIZE_DEFAULT : size;
        if (rows < 1 || rows > SIZE_MAX) {
            throw new RefusedException(InvalidRequest.at("/size", "range", 1, SIZE_MAX));
        }
        if (cursor == null || cursor.isEmpty()) {
            return new PageRequest(null, rows);
        }
        if (cursor.length() > CURSOR_LENGTH_MAX || !cursor.chars().allMatch(PageRequest::isCursorCharacter)) {
            throw invalidCursor();
        }
        return new PageRequest(cursor, rows);
    }

    private static boolean isCursorCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    /**
     * Reads the cursor as one of this list.
     *
     * @param list the name of the list
     * @param sortAndFilter the values that determine its rows and their order; null is a value of its own
     * @throws RefusedException INVALID_CURSOR if the cursor belongs to another list
     */
    public Cursors cursorsOf(String list, Object... sortAndFilter) {
        return new Cursors(cursor, list, Arrays.asList(sortAndFilter));
    }

    public static RefusedException invalidCursor() {
        return new RefusedException(Refusal.of(ErrorCode.INVALID_CURSOR));
    }
}
