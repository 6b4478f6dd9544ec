package kr.hhplus.commerce.groupcommit;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The request that a command belongs to, for logs and traces. The writer has none of the request's thread-locals, so
 * the command carries them: the request's id, and two kinds of observation below the request's own: one for the wait
 * in the queue, and one for each attempt at a batch. A failure of tracing never fails a command. Used by one thread at
 * a time.
 */
final class CommandTrace {

    private static final Logger log = LoggerFactory.getLogger(CommandQueue.class);

    /** The key under which the request's id stands in the logging context of a request's thread. */
    private static final String REQUEST_ID = "requestId";

    private final String queue;
    private final @Nullable String requestId;
    private final ObservationRegistry registry;
    private final @Nullable Observation request;
    private @Nullable Observation queued;
    private @Nullable Observation attempt;

    /** Called on the submitting thread, whose request id and current observation the command takes along. */
    static CommandTrace start(String queue, ObservationRegistry registry) {
        return new CommandTrace(queue, MDC.get(REQUEST_ID), registry);
    }

    private CommandTrace(String queue, @Nullable String requestId, ObservationRegistry registry) {
        this.queue = queue;
        this.requestId = requestId;
        this.registry = registry;
        this.request = registry.getCurrentObservation();
        safely(() -> queued = created("commerce.command.queued", "queued").start());
    }

    private Observation created(String name, String span) {
        Observation observation = Observation.createNotStarted(name, registry)
                .contextualName(queue + " " + span)
                .lowCardinalityKeyValue("queue", queue)
                .parentObservation(request);
        return requestId == null ? observation : observation.highCardinalityKeyValue("request.id", requestId);
    }

    private void safely(Runnable tracing) {
        if (registry.isNoop()) {
            return;
        }
        try {
            tracing.run();
        } catch (RuntimeException e) {
            log.debug("queue {}: a command cannot be traced", queue, e);
        }
    }

    @Nullable
    String requestId() {
        return requestId;
    }

    /** Begins an attempt, which has an observation of its own. The wait ends with the first attempt. */
    void attempt(long commandId, int batchSize) {
        safely(() -> {
            stopWaiting(null);
            attempt = created("commerce.command.commit", "commit")
                    .highCardinalityKeyValue("command.id", Long.toString(commandId))
                    .highCardinalityKeyValue("batch.size", Integer.toString(batchSize))
                    .start();
        });
    }

    /** @param failure why the attempt did not commit, or its outcome is unknown; null after a commit */
    void attempted(@Nullable Throwable failure) {
        safely(() -> stop(attempt, failure));
    }

    /** Ends the wait of a command that fails before its first attempt. */
    void failed(Throwable why) {
        safely(() -> stopWaiting(why));
    }

    private void stopWaiting(@Nullable Throwable failure) {
        Observation waiting = queued;
        queued = null;
        stop(waiting, failure);
    }

    private static void stop(@Nullable Observation observation, @Nullable Throwable failure) {
        if (observation != null) {
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        }
    }

    /** Runs an action that logs about the command, with the request's id and trace in the logging context. */
    @SuppressWarnings("try")
    void run(Runnable action) {
        String outer = MDC.get(REQUEST_ID);
        putRequestId(requestId);
        try (Observation.Scope scope = attempt == null ? Observation.Scope.NOOP : attempt.openScope()) {
            action.run();
        } finally {
            putRequestId(outer);
        }
    }

    private static void putRequestId(@Nullable String requestId) {
        if (requestId == null) {
            MDC.remove(REQUEST_ID);
        } else {
            MDC.put(REQUEST_ID, requestId);
        }
    }
}
