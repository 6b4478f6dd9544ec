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
 * for it. {@link EventSink#resume} finds events that arrived without being recorded.
 */
final class EventRelay {

    static final String CONSUMER = "delivery";

    private static final Logger logger = LoggerFactory.getLogger(EventRelay.class);
    private static final long UNKNOWN = -1;

    private final EventLog log;
    private final ConsumerOffsets offsets;
    private final RewindDetector rewinds;
    private final EventSink sink;
    private final JdbcReplays replays;
    private final JdbcDeadLetters deadLetters;
    private final RelayMetrics metrics;
    private final int batchMax;
    private long position = UNKNOWN;

    EventRelay(
            EventLog log,
            ConsumerOffsets offsets,
            RewindDetector rewinds,
            EventSink sink,
            JdbcReplays replays,
            JdbcDeadLetters deadLetters,
            RelayMetrics metrics,
            int batchMax) {
        this.log = log;
        this.offsets = offsets;
        this.rewinds = rewinds;
        this.sink = sink;
        this.replays = replays;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.batchMax = batchMax;
    }

    /**
     * Delivers one batch of new events, and one batch of the replay.
     *
     * @return whether to run again at once. Each step costs its own commits, so after less than a full batch a pause is
     *     better
     */
    boolean step() throws Exception {
        if (position == UNKNOWN) {
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
            rewinds.sinkIsNotAhead();
            return arrived;
        } catch (SinkAheadException e) {
            rewinds.sinkIsAhead(e);
            throw e;
        }
    }

    private boolean deliverNext() throws Exception {
        List<StoredEvent> events = log.durableAfter(position, batchMax);
        if (events.isEmpty()) {
            return false;
        }
        List<DeadLetter> refused = sink.deliver(events);
        deadLetter(refused);
        metrics.delivered(events.size() - refused.size());
        position = events.get(events.size() - 1).position();
        offsets.advance(CONSUMER, position);
        return events.size() >= batchMax;
    }

    /** A replay ends at the consumer offset, so it never overtakes the delivery of new events. */
    private boolean replayNext() throws Exception {
        Replay replay = replays.latest();
        if (replay.isFinished()) {
            return false;
        }
        int count = (int) Math.min(batchMax, replay.to() - replay.position());
        List<StoredEvent> events = log.durableAfter(replay.position(), count);
        if (events.isEmpty()) {
            throw new IllegalStateException("the log ends before the end of replay " + replay.name());
        }
        List<DeadLetter> refused = sink.deliverAgain(replay.name(), events);
        deadLetter(refused);
        deadLetters.removeDelivered(events, refused);
        long last = events.get(events.size() - 1).position();
        replays.advance(replay, last);
        if (last >= replay.to()) {
            logger.info("replay {} has finished", replay.name());
        }
        return last < replay.to();
    }

    private void deadLetter(List<DeadLetter> refused) {
        deadLetters.add(refused);
        for (DeadLetter event : refused) {
            logger.error(
                    "event {} became a dead letter after {} attempts and can be replayed: {}",
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

    /** Releases the resources that another instance may need. */
    void close() {
        position = UNKNOWN;
        sink.close();
    }
}
