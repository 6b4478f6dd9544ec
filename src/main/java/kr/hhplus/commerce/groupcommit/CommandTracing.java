package kr.hhplus.commerce.groupcommit;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Starts the traces of commands. Without a tracer every observation is {@link Observation#NOOP}; the timers of
 * {@link CommandQueueMetrics} are always on and do not come from observations.
 */
@Component
final class CommandTracing {

    /** The key under which the request's id stands in the logging context of a request's thread. */
    static final String REQUEST_ID = "requestId";

    private final ObservationRegistry registry;

    CommandTracing(Optional<Tracer> tracer, ObservationRegistry registry) {
        this.registry = tracer.isPresent() ? registry : ObservationRegistry.NOOP;
    }

    static CommandTracing off() {
        return new CommandTracing(Optional.empty(), ObservationRegistry.NOOP);
    }

    /** Called on the submitting thread, whose request id and current observation the command takes along. */
    CommandTrace start(String queue) {
        String requestId = MDC.get(REQUEST_ID);
        return registry.isNoop() ? CommandTrace.untraced(requestId) : new CommandTrace(queue, requestId, registry);
    }
}
