package kr.hhplus.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Requests become due at a constant rate, independent of the server. A request without a free connection waits, and its
 * latency counts from when it was due, so that stalls of the server are measured.
 */
final class OpenWorker extends Worker {

    private final double intervalNanos;
    private long due;

    /** The longest idle connection first, before the server closes it. */
    private final Deque<Connection> free = new ArrayDeque<>();

    private final Deque<Long> late = new ArrayDeque<>();

    OpenWorker(LoadPlan plan, Window window, InetSocketAddress server, int connections, double perSecond)
            throws IOException {
        super(plan, window, server, connections);
        this.intervalNanos = 1e9 / perSecond;
    }

    @Override
    void idle(Connection connection, long nowNanos) {
        if (late.isEmpty()) {
            free.add(connection);
        } else {
            sendNext(connection, late.poll());
        }
    }

    @Override
    void lost(Connection connection) {
        free.remove(connection);
    }

    @Override
    long tick(long nowNanos) {
        long next = dueNanos();
        while (next - nowNanos <= 0 && !window.isOver(next)) {
            due++;
            Connection connection = free.poll();
            if (connection == null) {
                late.add(next);
            } else {
                sendNext(connection, next);
            }
            next = dueNanos();
        }
        return next;
    }

    private void sendNext(Connection connection, long intended) {
        Shot next = plan.next();
        if (next != null) {
            send(connection, next, intended);
        }
    }

    private long dueNanos() {
        return window.openedNanos() + (long) (due * intervalNanos);
    }

    @Override
    void giveUp(long nowNanos) {
        late.forEach(intended -> recorder.unanswered(0, intended, nowNanos));
        late.clear();
    }

    @Override
    boolean sentAll() {
        return late.isEmpty() && window.isOver(dueNanos());
    }
}
