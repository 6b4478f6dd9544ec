package kr.hhplus.commerce.eventlog;

import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.eventlog.SinkState.Replay;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.paging.PageRequest;

/** The relay as operators see and control it. */
public interface RelayService {

    /**
     * Returns the state of delivery.
     *
     * @param page the page of dead letters to include
     */
    SinkState state(PageRequest page);

    /**
     * Starts a replay, which sends events again beside the delivery of new ones.
     *
     * @param from the id of an event, or an ISO-8601 time
     * @param caller the operator, for the audit log
     * @param key the caller's idempotency key, or null
     */
    CompletableFuture<CommandResult<Replay>> replay(String from, Caller caller, String key);
}
