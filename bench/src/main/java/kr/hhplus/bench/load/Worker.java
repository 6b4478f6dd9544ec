package kr.hhplus.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** A thread that drives its share of the connections. The subclasses decide what to send when. */
abstract class Worker implements Runnable {

    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Shorter than servers wait for a first request. */
    private static final long CONNECT_NANOS_MAX = TimeUnit.SECONDS.toNanos(8);

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final PriorityQueue<Nap> naps = new PriorityQueue<>(Comparator.comparingLong(Nap::untilNanos));
    protected final LoadPlan plan;
    protected final Window window;
    protected final Recorder recorder;

    private boolean running;

    private record Nap(Connection connection, long untilNanos) {}

    Worker(LoadPlan plan, Window window, InetSocketAddress server, int connectionCount) throws IOException {
        this.plan = plan;
        this.window = window;
        this.recorder = new Recorder(window, plan.kinds());
        this.selector = Selector.open();
        for (int i = 0; i < connectionCount; i++) {
            Connection connection = new Connection(server, selector);
            connections.add(connection);
            connection.open();
        }
    }

    /**
     * Connects before the measurement, because thousands of handshakes take time. Late connections follow during the
     * load.
     */
    final void connect() {
        long until = System.nanoTime() + CONNECT_NANOS_MAX;
        try {
            while (System.nanoTime() - until < 0
                    && connections.stream().anyMatch(connection -> !connection.connected && !connection.napping)) {
                selector.select(this::handle, 50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called when the connection is idle. */
    abstract void idle(Connection connection, long nowNanos);

    /** Called when the connection was lost; it is idle again after the reconnect. */
    abstract void lost(Connection connection);

    /** Sends the due requests. Returns the latest time of the next call. */
    abstract long tick(long nowNanos);

    /** Due requests that are not yet sent. */
    abstract void giveUp(long nowNanos);

    /** Whether all due requests are sent. */
    abstract boolean sentAll();

    @Override
    public void run() {
        try (selector) {
            running = true;
            long now = System.nanoTime();
            for (Connection connection : connections) {
                if (connection.connected) {
                    idle(connection, now);
                }
            }
            while (!isDone(now)) {
                long wake = wake(now);
                long millis = TimeUnit.NANOSECONDS.toMillis(wake - now);
                if (wake - now <= 0) {
                    selector.selectNow(this::handle);
                } else if (millis > 0 || plan.sparesTheProcessor()) {
                    selector.select(this::handle, Math.max(1, millis));
                } else {
                    // Less than a millisecond is left, which is the shortest wait of Java's selector.
                    selector.selectNow(this::handle);
                    Thread.onSpinWait();
                }
                now = System.nanoTime();
            }
            for (Connection connection : connections) {
                if (connection.shot != null) {
                    recorder.unanswered(connection.shot.kind(), connection.intendedNanos, now);
                }
                connection.close();
            }
            giveUp(now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isDone(long now) {
        if (now - window.endNanos() >= plan.drainNanos()) {
            return true;
        }
        boolean noMore = window.isOver(now) || plan.shotsGone();
        return noMore && sentAll() && connections.stream().allMatch(connection -> connection.shot == null);
    }

    private long wake(long now) throws IOException {
        long wake = Math.min(now + TimeUnit.MILLISECONDS.toNanos(50), tick(now));
        while (!naps.isEmpty() && naps.peek().untilNanos() - now <= 0) {
            awake(naps.poll().connection(), now);
        }
        return naps.isEmpty() ? wake : Math.min(wake, naps.peek().untilNanos());
    }

    private void awake(Connection connection, long now) throws IOException {
        connection.napping = false;
        if (connection.connected) {
            idle(connection, now);
        } else {
            connection.open();
        }
    }

    /** Pauses the connection until then. */
    final void nap(Connection connection, long untilNanos) {
        if (!connection.napping) {
            connection.napping = true;
            naps.add(new Nap(connection, untilNanos));
        }
    }

    final void send(Connection connection, Shot shot, long intendedNanos) {
        try {
            connection.send(shot, intendedNanos);
        } catch (IOException e) {
            broke(connection);
        }
    }

    private void handle(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isConnectable()) {
                connection.finishConnect();
                if (running) {
                    idle(connection, System.nanoTime());
                }
                return;
            }
            if (key.isWritable()) {
                connection.sendRest();
            }
            if (key.isReadable() && connection.receive()) {
                answered(connection);
            }
        } catch (IOException e) {
            broke(connection);
        }
    }

    private void answered(Connection connection) throws IOException {
        long now = System.nanoTime();
        int status = connection.answer.status();
        recorder.answered(connection.shot.kind(), status, connection.intendedNanos, now);
        plan.answered(status, now, window);
        connection.shot = null;
        if (connection.answer.closing()) {
            connection.close();
            connection.open();
        } else {
            idle(connection, now);
        }
    }

    private void broke(Connection connection) {
        long now = System.nanoTime();
        if (connection.shot != null) {
            recorder.broke(connection.shot.kind(), connection.intendedNanos, now);
            connection.shot = null;
        }
        connection.close();
        lost(connection);
        nap(connection, now + RECONNECT_NANOS);
    }
}
