package kr.hhplus.commerce.eventlog;

import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;

/**
 * The position is of an incarnation that has ended, and its event is gone.
 *
 * @param startAfter the cursor of the last event that the old incarnation and today's log share
 */
record EventLogRewound(String startAfter) implements Refusal {

    @Override
    public ErrorCode code() {
        return ErrorCode.EVENT_LOG_REWOUND;
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of("startAfter", startAfter);
    }
}
