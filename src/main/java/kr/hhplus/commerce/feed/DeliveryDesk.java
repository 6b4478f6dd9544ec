package kr.hhplus.commerce.feed;

import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.feed.DeliveryState.Replay;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.paging.PageRequest;

/** What an operator can see and do about deliveries; the delivering itself is nobody's to call. */
public interface DeliveryDesk {

    /** @param parked which page of the events that were refused */
    DeliveryState state(PageRequest parked);

    /**
     * Sends events again, beside what is new.
     *
     * @param from the id of an event, or an ISO-8601 time
     * @param key the caller's idempotency key, or null
     */
    CompletableFuture<Answer<Replay>> replay(String from, Caller caller, String key);
}
