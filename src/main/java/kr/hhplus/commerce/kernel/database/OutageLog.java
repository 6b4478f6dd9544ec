package kr.hhplus.commerce.kernel.database;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Logs a database outage once a minute. During an outage every request, batch and background task fails for the same
 * reason, and each would log a stack trace.
 */
@Component
final class OutageLog extends TurboFilter implements DisposableBean {

    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LoggerContext loggers;
    private final org.slf4j.Logger log;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
    private final AtomicInteger suppressed = new AtomicInteger();

    @Autowired
    OutageLog() {
        this((LoggerContext) LoggerFactory.getILoggerFactory());
    }

    OutageLog(LoggerContext loggers) {
        this.loggers = loggers;
        this.log = loggers.getLogger(OutageLog.class);
        loggers.addTurboFilter(this);
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable thrown) {
        if (format == null || !level.isGreaterOrEqual(Level.WARN)) {
            return FilterReply.NEUTRAL;
        }
        Throwable failure = thrown != null ? thrown : throwableIn(arguments);
        if (failure == null || !JdbcOutage.isOutage(failure)) {
            return FilterReply.NEUTRAL;
        }
        long next = nextNanos.get();
        long now = System.nanoTime();
        if (now - next >= 0 && nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
            log.error(
                    "The database cannot be used: {} (first seen by {}; {} more failures suppressed)",
                    String.valueOf(JdbcOutage.causeOf(failure))
                            .lines()
                            .findFirst()
                            .orElse(""),
                    logger.getName(),
                    suppressed.getAndSet(0));
        } else {
            suppressed.incrementAndGet();
        }
        return FilterReply.DENY;
    }

    /** SLF4J takes the throwable from the last argument. */
    private static Throwable throwableIn(Object[] arguments) {
        boolean thrown =
                arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable;
        return thrown ? (Throwable) arguments[arguments.length - 1] : null;
    }

    @Override
    public void destroy() {
        loggers.getTurboFilterList().remove(this);
    }
}
