package kr.hhplus.commerce.eventlog.relay;

import java.io.IOException;
import java.util.List;
import kr.hhplus.commerce.eventlog.ConsumerOffsets;
import kr.hhplus.commerce.eventlog.DeadLetter;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.EventSink;
import kr.hhplus.commerce.eventlog.RewindDetector;
import kr.hhplus.commerce.eventlog.SinkAheadException;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.eventlog.relay.JdbcReplays.Replay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the log to the data platform, in order, and records how far it has come after each arrival. Orders never wait
 * for it. What arrived without being recorded is for the delivery to notice.
 */
final class EventRelay {

    static final String READER = "delivery";

    private static final Logger logger = LoggerFactory.getLogger(EventRelay.class);
    private static final long NOWHERE = -1;

    private final EventLog log;
    private final ConsumerOffsets offsets;
    private final RewindDetector rewinds;
    private final EventSink sink;
    private final JdbcReplays replays;
    private final JdbcDeadLetters parkedEvents;
    private final RelayMetrics metrics;
    private final int chunk;
    private long position = NOWHERE;

    EventRelay(
            EventLog log,
            ConsumerOffsets offsets,
            RewindDetector rewinds,
            EventSink sink,
            JdbcReplays replays,
            JdbcDeadLetters parkedEvents,
            RelayMetrics metrics,
            int chunk) {
        this.log = log;
        this.offsets = offsets;
        this.rewinds = rewinds;
        this.sink = sink;
        this.replays = replays;
        this.parkedEvents = parkedEvents;
        this.metrics = metrics;
        this.chunk = chunk;
    }

    /**
     * Delivers one chunk, and one of a replay beside it.
     *
     * @return whether to go on at once. Less than a chunk was all there was, and each step costs commits of its own: a
     *     rest lets more come together
     */
    boolean step() throws Exception {
        if (position == NOWHERE) {
            rewinds.check();
            rewinds.requireIntact();
            offsets.register(READER);
            long arrived = resume(offsets.position(READER));
            offsets.advance(READER, arrived);
            position = arrived;
        }
        rewinds.requireIntact();
        boolean moreToDeliver = deliverNext();
        boolean moreToReplay = replayNext();
        return moreToDeliver || moreToReplay;
    }

    private long resume(long recorded) throws IOException {
        try {
            long arrived = sink.resume(recorded);
            rewinds.sinkIsLevel();
            return arrived;
        } catch (SinkAheadException e) {
            rewinds.sinkIsAhead(e);
            throw e;
        }
    }

    private boolean deliverNext() throws Exception {
        List<StoredEvent> events = log.onDiskAfter(position, chunk);
        if (events.isEmpty()) {
            return false;
        }
        List<DeadLetter> refused = sink.deliver(events);
        park(refused);
        metrics.delivered(events.size() - refused.size());
        position = events.get(events.size() - 1).position();
        offsets.advance(READER, position);
        return events.size() >= chunk;
    }

    /** Only what live delivery is done with is ever replayed, so no event comes out here before its time. */
    private boolean replayNext() throws Exception {
        Replay replay = replays.latest();
        if (replay.isFinished()) {
            return false;
        }
        int rest = (int) Math.min(chunk, replay.to() - replay.position());
        List<StoredEvent> events = log.onDiskAfter(replay.position(), rest);
        if (events.isEmpty()) {
            throw new IllegalStateException("the log ends before the replay " + replay.name() + " does");
        }
        List<DeadLetter> refused = sink.deliverAgain(replay.name(), events);
        park(refused);
        parkedEvents.arrived(events, refused);
        long last = events.get(events.size() - 1).position();
        replays.advance(replay, last);
        if (last >= replay.to()) {
            logger.info("replay {} is done", replay.name());
        }
        return last < replay.to();
    }

    private void park(List<DeadLetter> refused) {
        parkedEvents.park(refused);
        for (DeadLetter event : refused) {
            logger.error(
                    "event {} is parked after {} attempts, and can be replayed: {}",
                    log.incarnations().textAt(event.position()),
                    event.attempts(),
                    event.reason());
        }
    }

    /** After a failure nobody knows what has arrived: the next step asks the delivery. */
    void failed() {
        metrics.failed();
        close();
    }

    /** Stands down: holds nothing that another instance may need. */
    void close() {
        position = NOWHERE;
        sink.close();
    }
}
