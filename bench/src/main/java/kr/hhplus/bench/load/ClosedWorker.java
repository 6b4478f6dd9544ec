package kr.hhplus.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Each client sends its next request when it has the answer to the last; told to come back later, it does. */
final class ClosedWorker extends Worker {

    ClosedWorker(LoadPlan plan, Window window, InetSocketAddress server, int connections) throws IOException {
        super(plan, window, server, connections);
    }

    @Override
    void idle(Connection connection, long nowNanos) {
        long retryAfter = connection.answer.retryAfterSeconds();
        if (plan.honoursRetryAfter() && retryAfter > 0 && connection.answer.status() == 503) {
            connection.answer.reset();
            // As polite clients do: not all of them in the same instant.
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
        // It is asked again when it is idle again.
    }

    @Override
    long tick(long nowNanos) {
        return nowNanos + TimeUnit.MILLISECONDS.toNanos(50);
    }

    @Override
    void giveUp(long nowNanos) {
        // A client that has no request under way waits for nothing.
    }

    @Override
    boolean sentAll() {
        return true;
    }
}
