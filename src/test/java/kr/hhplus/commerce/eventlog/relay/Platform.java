package kr.hhplus.commerce.eventlog.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.eventlog.DeadLetter;
import kr.hhplus.commerce.eventlog.EventSink;
import kr.hhplus.commerce.eventlog.StoredEvent;

/** Takes whole chunks, and remembers nothing between connections, as a broker does. */
final class Platform implements EventSink {

    final List<Long> arrived = new CopyOnWriteArrayList<>();
    final List<Long> arrivedAgain = new CopyOnWriteArrayList<>();
    final Set<Long> notTaken = ConcurrentHashMap.newKeySet();
    final AtomicInteger failuresLeft = new AtomicInteger();

    @Override
    public String name() {
        return "test";
    }

    @Override
    public long resume(long recorded) {
        return recorded;
    }

    @Override
    public List<DeadLetter> deliver(List<StoredEvent> events) throws IOException {
        return take(events, arrived);
    }

    @Override
    public List<DeadLetter> deliverAgain(String replay, List<StoredEvent> events) throws IOException {
        return take(events, arrivedAgain);
    }

    private List<DeadLetter> take(List<StoredEvent> events, List<Long> into) throws IOException {
        if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("out of reach");
        }
        List<DeadLetter> refused = new ArrayList<>();
        for (StoredEvent event : events) {
            if (notTaken.contains(event.position())) {
                refused.add(new DeadLetter(event.position(), "too large", 5));
            } else {
                into.add(event.position());
            }
        }
        return refused;
    }

    @Override
    public void close() {}
}
