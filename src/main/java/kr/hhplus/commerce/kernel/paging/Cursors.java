package kr.hhplus.commerce.kernel.paging;

import java.util.Arrays;
import java.util.Optional;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.text.Sha256;

/**
 * The cursors of one list, which has one sort, direction and filter. A cursor starts with a tag, a short digest of
 * these. A cursor of another list has another tag and is refused. The tag is not a secret.
 */
public final class Cursors {

    /** 36 bits: the chance that a cursor of another list passes is 1 in 69 billion. */
    private static final int TAG_LENGTH = 6;

    private final String tag;
    private final String position;

    /**
     * Reads the cursor of a request.
     *
     * @param cursor the cursor as the client sent it, or null for the first page
     * @param list the name, sort, direction and filter of the list
     * @throws RefusedException INVALID_CURSOR if the cursor belongs to another list
     */
    Cursors(String cursor, Object... list) {
        this.tag = tag(Arrays.toString(list));
        if (cursor != null && !cursor.startsWith(tag)) {
            throw PageRequest.invalidCursor();
        }
        this.position = cursor == null ? null : cursor.substring(TAG_LENGTH);
    }

    private static String tag(String list) {
        return Sha256.base64Of(list).substring(0, TAG_LENGTH);
    }

    /** Returns the position of the last row on the previous page. Empty for the first page. */
    public Optional<String> position() {
        return Optional.ofNullable(position);
    }

    /**
     * Returns an exclusive upper bound for ids, for lists that are sorted by id, newest first.
     *
     * @throws RefusedException INVALID_CURSOR
     */
    public long idBefore() {
        return position == null ? Long.MAX_VALUE : IdText.parse(position).orElseThrow(PageRequest::invalidCursor);
    }

    /**
     * Returns the cursor of the page that follows a row.
     *
     * @param rowPosition the position of the row, of {@code [A-Za-z0-9_-]}
     */
    public String after(String rowPosition) {
        return tag + rowPosition;
    }
}
