package kr.hhplus.commerce.feed.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.feed.Delivery;
import kr.hhplus.commerce.feed.RefusedEvent;
import kr.hhplus.commerce.feed.StoredEvent;

/** Takes whole chunks, and remembers nothing between connections, as a broker does. */
final class Platform implements Delivery {

    final List<Long> arrived = new CopyOnWriteArrayList<>();
    final List<Long> arrivedAgain = new CopyOnWriteArrayList<>();
    final Set<Long> notTaken = ConcurrentHashMap.newKeySet();
    final AtomicInteger failuresLeft = new AtomicInteger();

    @Override
    public String form() {
        return "test";
    }

    @Override
    public long resume(long recorded) {
        return recorded;
    }

    @Override
    public List<RefusedEvent> deliver(List<StoredEvent> events) throws IOException {
        return take(events, arrived);
    }

    @Override
    public List<RefusedEvent> deliverAgain(String replay, List<StoredEvent> events) throws IOException {
        return take(events, arrivedAgain);
    }

    private List<RefusedEvent> take(List<StoredEvent> events, List<Long> into) throws IOException {
        if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("out of reach");
        }
        List<RefusedEvent> refused = new ArrayList<>();
        for (StoredEvent event : events) {
            if (notTaken.contains(event.position())) {
                refused.add(new RefusedEvent(event.position(), "too large", 5));
            } else {
                into.add(event.position());
            }
        }
        return refused;
    }

    @Override
    public void close() {}
}
