package kr.hhplus.commerce.eventlog;

import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.eventlog.SinkState.Replay;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.paging.PageRequest;

/** What an operator can see and do about deliveries; the delivering itself is nobody's to call. */
public interface RelayService {

    /** @param parked which page of the events that were refused */
    SinkState state(PageRequest parked);

    /**
     * Sends events again, beside what is new.
     *
     * @param from the id of an event, or an ISO-8601 time
     * @param key the caller's idempotency key, or null
     */
    CompletableFuture<CommandResult<Replay>> replay(String from, Caller caller, String key);
}
