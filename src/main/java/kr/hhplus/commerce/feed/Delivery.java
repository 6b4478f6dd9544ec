package kr.hhplus.commerce.feed;

import java.io.IOException;
import java.util.List;

/** The way out to the data platform. Used by one thread; after any failure it is closed and resumed. */
interface Delivery extends AutoCloseable {

    /**
     * Gets ready to deliver.
     *
     * @param recorded the last position that was recorded as delivered
     * @return the last position that surely has arrived: the recorded one or a later one
     */
    long resume(long recorded) throws IOException;

    /** Hands events over, in order. When it returns, all of them have arrived to stay. */
    void deliver(List<StoredEvent> events) throws IOException;

    /** Lets go of everything; never throws, and may be called twice. */
    @Override
    void close();
}
