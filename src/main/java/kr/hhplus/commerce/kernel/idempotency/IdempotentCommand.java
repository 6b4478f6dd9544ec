package kr.hhplus.commerce.kernel.idempotency;

import java.util.HashSet;
import java.util.Set;

/** A command that a client may repeat safely under a key of its own choice. */
public interface IdempotentCommand {

    /** Owns the keys of the operator in local mode. */
    long OPERATOR = 0;

    /** The user that the request names, or {@link #OPERATOR}. */
    long ownerId();

    /** The client's key for this attempt; absent where the client sent none. */
    IdempotencyKey requestKey();

    /** The scope of the key: the authenticated caller, or the owner where calls are not authenticated. */
    default long keyScope() {
        return requestKey().caller() == 0 ? ownerId() : requestKey().caller();
    }

    /**
     * Commands that share one of these are decided in order of arrival: those of one user, and those of one key.
     * Commands of the operator are not ordered.
     */
    default Set<Object> orderingKeys() {
        Set<Object> keys = new HashSet<>();
        if (ownerId() != OPERATOR) {
            keys.add(ownerId());
        }
        if (requestKey().isPresent()) {
            keys.add(IdempotencyStore.rowOf(this));
        }
        return keys;
    }

    /** Commands that share this are admitted one at a time, where that is configured. By default the owner. */
    default Object concurrencyKey() {
        return ownerId();
    }
}
