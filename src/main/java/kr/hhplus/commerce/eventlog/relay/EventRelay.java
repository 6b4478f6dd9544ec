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
 * Delivers the event log to the sink, in order, and records the consumer offset after each delivery. Orders never wait
 * for it. Events that arrived without being recorded are found by {@link EventSink#resume}.
 */
final class EventRelay {

    static final String CONSUMER = "delivery";

    private static final Logger logger = LoggerFactory.getLogger(EventRelay.class);
    private static final long NOWHERE = -1;

    private final EventLog log;
    private final ConsumerOffsets offsets;
    private final RewindDetector rewinds;
    private final EventSink sink;
    private final JdbcReplays replays;
    private final JdbcDeadLetters deadLetters;
    private final RelayMetrics metrics;
    private final int chunk;
    private long position = NOWHERE;

    EventRelay(
            EventLog log,
            ConsumerOffsets offsets,
            RewindDetector rewinds,
            EventSink sink,
            JdbcReplays replays,
            JdbcDeadLetters deadLetters,
            RelayMetrics metrics,
            int chunk) {
        this.log = log;
        this.offsets = offsets;
        this.rewinds = rewinds;
        this.sink = sink;
        this.replays = replays;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.chunk = chunk;
    }

    /**
     * Delivers one chunk, and one of a replay beside it.
     *
     * @return whether to go on at once. A step costs commits of its own, so less than a full chunk is worth a pause
     */
    boolean step() throws Exception {
        if (position == NOWHERE) {
            rewinds.check();
            rewinds.requireIntact();
            offsets.register(CONSUMER);
            long arrived = resume(offsets.position(CONSUMER));
            offsets.advance(CONSUMER, arrived);
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
        deadLetter(refused);
        metrics.delivered(events.size() - refused.size());
        position = events.get(events.size() - 1).position();
        offsets.advance(CONSUMER, position);
        return events.size() >= chunk;
    }

    /** A replay ends at the consumer offset, so it never overtakes the delivery of new events. */
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
        deadLetter(refused);
        deadLetters.removeDelivered(events, refused);
        long last = events.get(events.size() - 1).position();
        replays.advance(replay, last);
        if (last >= replay.to()) {
            logger.info("replay {} is done", replay.name());
        }
        return last < replay.to();
    }

    private void deadLetter(List<DeadLetter> refused) {
        deadLetters.add(refused);
        for (DeadLetter event : refused) {
            logger.error(
                    "event {} is a dead letter after {} attempts and can be replayed: {}",
                    log.incarnations().textAt(event.position()),
                    event.attempts(),
                    event.reason());
        }
    }

    /** Called after a failed step. Any event may have arrived, so the next step resumes the sink. */
    void failed() {
        metrics.failed();
        close();
    }

    /** Releases what another instance may need. */
    void close() {
        position = NOWHERE;
        sink.close();
    }
}
