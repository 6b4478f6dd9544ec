package kr.hhplus.bench.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The requests of a load and its end; shared by its threads. */
public final class LoadPlan {

    private final Shots shots;
    private final int kinds;
    private boolean honoursRetryAfter;
    private boolean sparesTheProcessor;
    private Duration drain = Duration.ofSeconds(15);
    private long successesMax = Long.MAX_VALUE;
    private final AtomicLong successes = new AtomicLong();
    private volatile boolean shotsGone;

    public LoadPlan(Shots shots, int kinds) {
        this.shots = shots;
        this.kinds = kinds;
    }

    /** Clients wait as long as {@code Retry-After} of a 503 says. */
    public LoadPlan honouringRetryAfter() {
        honoursRetryAfter = true;
        return this;
    }

    /** How long to wait for responses after the last request. */
    public LoadPlan drainingFor(Duration time) {
        drain = time;
        return this;
    }

    /** Sends in steps of a millisecond instead of busy-waiting for the exact time. */
    public LoadPlan sparingTheProcessor() {
        sparesTheProcessor = true;
        return this;
    }

    /** Ends the window at the n-th success. */
    public LoadPlan untilSuccesses(long count) {
        successesMax = count;
        return this;
    }

    int kinds() {
        return kinds;
    }

    boolean honoursRetryAfter() {
        return honoursRetryAfter;
    }

    boolean sparesTheProcessor() {
        return sparesTheProcessor;
    }

    long drainNanos() {
        return drain.toNanos();
    }

    Shot next() {
        Shot shot = shots.next();
        if (shot == null) {
            shotsGone = true;
        }
        return shot;
    }

    boolean shotsGone() {
        return shotsGone;
    }

    void answered(int status, long nowNanos, Window window) {
        if (successesMax < Long.MAX_VALUE && status < 300 && successes.incrementAndGet() == successesMax) {
            window.endAt(nowNanos + 1);
        }
    }
}
