package kr.hhplus.commerce.eventlog;

import java.util.OptionalLong;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import org.springframework.stereotype.Component;

/** Resolves event ids that clients send. Only ids that this log has issued are accepted. */
@Component
public class EventPositions {

    private final EventLog log;
    private final RewindDetector detector;
    private final KnownLogState known;

    EventPositions(EventLog log, RewindDetector detector, KnownLogState known) {
        this.log = log;
        this.detector = detector;
        this.known = known;
    }

    /**
     * Returns the position of the event with that id; 0 for the id before all events.
     *
     * @throws RefusedException INVALID_CURSOR if the text is not an event id, or the log has not reached it;
     *     EVENT_LOG_REWOUND if the event was lost; UNAVAILABLE while the log is known to have gone back in time
     */
    public long of(String text) {
        OptionalLong parsed = IdText.parse(text);
        long id = parsed.orElseThrow(PageRequest::invalidCursor);
        requireIntact();
        long head = log.head();
        Incarnations incarnations = log.incarnations();
        if (incarnations.isLost(id)) {
            long shared = incarnations.lastSharedWith(EventIds.incarnationOf(id));
            throw new RefusedException(new PositionRewound(incarnations.textAt(shared)));
        }
        long position = EventIds.positionOf(id);
        if (position > head || incarnations.idAt(position) != id) {
            detector.check();
            requireIntact();
            throw new RefusedException(new PositionNotReached(incarnations.textAt(head)));
        }
        return position;
    }

    /**
     * Checks that positions are valid.
     *
     * @throws RefusedException UNAVAILABLE while the log is known to have gone back in time
     */
    public void requireIntact() {
        if (known.isRewound()) {
            throw new RefusedException(Refusal.of(ErrorCode.UNAVAILABLE));
        }
    }
}
