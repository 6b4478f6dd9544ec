package kr.hhplus.commerce.soldout;

import java.util.List;
import java.util.concurrent.Semaphore;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Checks, before the sold-out cache refuses a command, whether its idempotency key may have a stored result. The number
 * of concurrent look-ups is bounded, so that many keys at once do not take connections from the writers.
 */
@Component
public class IdempotencyPrecheck {

    private final IdempotencyStore idempotencyStore;
    private final Semaphore permits;

    IdempotencyPrecheck(IdempotencyStore idempotencyStore, SoldOutProperties properties) {
        this.idempotencyStore = idempotencyStore;
        this.permits = new Semaphore(properties.keyLookupsMax());
    }

    /**
     * Looks up the command's key.
     *
     * @return false if the command has no key, or its key has no stored result; true also if the look-up failed or was
     *     skipped
     */
    public boolean mayHaveStoredResult(IdempotentCommand command) {
        if (!command.idempotencyKey().isPresent()) {
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
