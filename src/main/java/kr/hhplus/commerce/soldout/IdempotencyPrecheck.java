package kr.hhplus.commerce.soldout;

import java.util.List;
import java.util.concurrent.Semaphore;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Asks, before a sign may refuse, whether a request was answered before. Few ask at once, so that a rush of keys takes
 * no connections from the lanes; in doubt the answer is yes.
 */
@Component
public class IdempotencyPrecheck {

    private final IdempotencyStore idempotencyStore;
    private final Semaphore permits;

    IdempotencyPrecheck(IdempotencyStore idempotencyStore, SoldOutProperties properties) {
        this.idempotencyStore = idempotencyStore;
        this.permits = new Semaphore(properties.keyLookupsMax());
    }

    /** False only where the request has no key, or one that no committed answer has. */
    public boolean mayKnow(IdempotentCommand command) {
        if (!command.requestKey().isPresent()) {
            return false;
        }
        if (!permits.tryAcquire()) {
            return true;
        }
        try {
            return !idempotencyStore.lookUp(List.of(command)).isEmpty();
        } catch (DataAccessException e) {
            return true;
        } finally {
            permits.release();
        }
    }
}
