package kr.hhplus.commerce.eventlog;

import java.io.IOException;
import java.util.List;

/** The way out to the data platform. Used by one thread; after any failure it is closed and resumed. */
public interface EventSink extends AutoCloseable {

    /** What {@code commerce.events} calls it. */
    String form();

    /**
     * Gets ready to deliver.
     *
     * @param recorded the last position that was recorded as delivered
     * @return the last position that surely has arrived: the recorded one or a later one
     */
    long resume(long recorded) throws IOException;

    /**
     * Hands events over, in order. When it returns, all of them have arrived to stay.
     *
     * @return the exceptions: those that the platform refuses for what they are, however often they are sent
     * @throws IOException the platform is out of reach; nobody knows which of the events have arrived
     */
    List<DeadLetter> deliver(List<StoredEvent> events) throws IOException;

    /**
     * Hands over again what was delivered, or refused, before. As {@link #deliver} else.
     *
     * @param replay names the run, so that a delivery can keep it apart
     */
    List<DeadLetter> deliverAgain(String replay, List<StoredEvent> events) throws IOException;

    /** Lets go of everything; never throws, and may be called twice. */
    @Override
    void close();
}
