package kr.hhplus.commerce.eventlog;

import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;

/**
 * A cursor names a position that this log has not reached, for example an order's id or a cursor of another shop.
 *
 * @param head the cursor of the newest event
 */
record PositionNotReached(String head) implements Refusal {

    @Override
    public ErrorCode code() {
        return ErrorCode.INVALID_CURSOR;
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of("head", head);
    }
}
