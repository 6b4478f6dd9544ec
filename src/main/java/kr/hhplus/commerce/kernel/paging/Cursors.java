package kr.hhplus.commerce.kernel.paging;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import kr.hhplus.commerce.kernel.ids.IdText;

/**
 * The cursors of one list: with one sort, direction and filter. A cursor begins with a tag, a short digest of all of
 * them, so that a cursor of another list is refused instead of read as a position in this one. The tag is no secret.
 */
public final class Cursors {

    /** 36 bits: a cursor of another list passes once in 69 billion. */
    private static final int TAG_LENGTH = 6;

    private final String tag;
    private final String position;

    /** @param cursor as the client sent it, or null for the first page */
    Cursors(String cursor, Object... list) {
        this.tag = tag(Arrays.toString(list));
        if (cursor != null && !cursor.startsWith(tag)) {
            throw PageRequest.invalidCursor();
        }
        this.position = cursor == null ? null : cursor.substring(TAG_LENGTH);
    }

    private static String tag(String list) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(digest).substring(0, TAG_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the last row on the page before; empty for the first page. */
    public Optional<String> position() {
        return Optional.ofNullable(position);
    }

    /** For lists that go by id, newest first: only rows with a smaller id. @throws RefusedException INVALID_CURSOR */
    public long idBefore() {
        return position == null ? Long.MAX_VALUE : IdText.parse(position).orElseThrow(PageRequest::invalidCursor);
    }

    /** The cursor that leads on from a row. @param rowPosition of {@code [A-Za-z0-9_-]} */
    public String after(String rowPosition) {
        return tag + rowPosition;
    }
}
