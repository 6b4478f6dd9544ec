package kr.hhplus.commerce.kernel.database;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Ends the process when the store of an embedded database on disk has failed. Shutdown hooks do not run, because
 * nothing may write to the failed store, and every acknowledged write is on disk.
 */
final class StoreFailure implements Consumer<String>, ApplicationListener<ContextClosedEvent> {

    /** EX_IOERR of sysexits.h. */
    private static final int EXIT_CODE = 74;

    private static final Logger log = LoggerFactory.getLogger(StoreFailure.class);

    private final boolean onDisk;
    private final AtomicBoolean ignored = new AtomicBoolean();

    StoreFailure(String url) {
        this.onDisk = url.startsWith("jdbc:h2:file:");
    }

    @Override
    public void accept(String reason) {
        if (onDisk && ignored.compareAndSet(false, true)) {
            log.error(
                    "The embedded database cannot be written any more: {}. The service exits with status {}. Free space"
                            + " on its disk and restart it. Every acknowledged write is on disk",
                    reason,
                    EXIT_CODE);
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /** A regular shutdown closes the database, which is not a failure. */
    @Override
    public void onApplicationEvent(ContextClosedEvent stopping) {
        ignored.set(true);
    }
}
