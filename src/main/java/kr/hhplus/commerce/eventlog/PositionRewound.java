package kr.hhplus.commerce.eventlog;

import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;

/**
 * The position belongs to an earlier incarnation of the log, and its event is lost.
 *
 * @param startAfter the id of the last event that both incarnations share
 */
record PositionRewound(String startAfter) implements Refusal {

    @Override
    public ErrorCode code() {
        return ErrorCode.EVENT_LOG_REWOUND;
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of("startAfter", startAfter);
    }
}
