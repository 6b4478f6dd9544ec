package kr.hhplus.commerce.eventlog;

import java.io.IOException;
import java.util.List;

/**
 * Delivers events to the data platform. One thread uses it. After a failure the relay closes the sink and resumes it.
 */
public interface EventSink extends AutoCloseable {

    /** The value of {@code commerce.events} that selects this sink. */
    String name();

    /**
     * Prepares for delivery.
     *
     * @param recorded the last position that was recorded as delivered
     * @return the last position that has certainly arrived: the recorded one or a later one
     */
    long resume(long recorded) throws IOException;

    /**
     * Delivers events in order. When it returns, all of them are stored durably.
     *
     * @return the events that the platform refuses permanently
     * @throws IOException if the platform is not reachable; any of the events may have arrived
     */
    List<DeadLetter> deliver(List<StoredEvent> events) throws IOException;

    /**
     * Delivers events again that were delivered or refused before. Otherwise as {@link #deliver}.
     *
     * @param replay the id of the replay, by which a sink separates its output
     */
    List<DeadLetter> deliverAgain(String replay, List<StoredEvent> events) throws IOException;

    /** Releases all resources. Idempotent; never throws. */
    @Override
    void close();
}
