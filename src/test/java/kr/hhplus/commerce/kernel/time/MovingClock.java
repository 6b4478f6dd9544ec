package kr.hhplus.commerce.kernel.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** A wall clock that shows what a test says. */
public final class MovingClock extends Clock {

    private final Supplier<Instant> shown;

    public MovingClock(Supplier<Instant> shown) {
        this.shown = shown;
    }

    @Override
    public Instant instant() {
        return shown.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
