package kr.hhplus.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Each client sends its next request after the response to the last one, and honours Retry-After. */
final class ClosedWorker extends Worker {

    ClosedWorker(LoadPlan plan, Window window, InetSocketAddress server, int connections) throws IOException {
        super(plan, window, server, connections);
    }

    @Override
    void idle(Connection connection, long nowNanos) {
        long retryAfter = connection.answer.retryAfterSeconds();
        if (plan.honoursRetryAfter() && retryAfter > 0 && connection.answer.status() == 503) {
            connection.answer.reset();
            // A random addition, so that clients do not return at the same time.
            double seconds = retryAfter * (1 + ThreadLocalRandom.current().nextDouble(0.5));
            nap(connection, nowNanos + (long) (seconds * TimeUnit.SECONDS.toNanos(1)));
            return;
        }
        if (!window.isOver(nowNanos)) {
            Shot next = plan.next();
            if (next != null) {
                send(connection, next, nowNanos);
            }
        }
    }

    @Override
    void lost(Connection connection) {
        // Called again when the connection is idle.
    }

    @Override
    long tick(long nowNanos) {
        return nowNanos + TimeUnit.MILLISECONDS.toNanos(50);
    }

    @Override
    void giveUp(long nowNanos) {
        // A client without a request in flight has nothing to wait for.
    }

    @Override
    boolean sentAll() {
        return true;
    }
}
