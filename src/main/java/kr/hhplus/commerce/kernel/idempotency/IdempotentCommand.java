package kr.hhplus.commerce.kernel.idempotency;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command that a client can repeat safely under a key of its own choice. */
public interface IdempotentCommand {

    /** The owner of an operator's keys in local and open mode. */
    long OPERATOR = 0;

    /** Returns the user whose data the command changes, or {@link #OPERATOR}. */
    long ownerId();

    /** Returns the client's key for this attempt, or {@link IdempotencyKey#NONE}. */
    IdempotencyKey idempotencyKey();

    /** Returns the scope of the key: the authenticated caller, or the owner if calls are not authenticated. */
    default long keyScope() {
        return idempotencyKey().scope() == 0 ? ownerId() : idempotencyKey().scope();
    }

    /**
     * Returns the keys by which commands are ordered. Commands that share a key, of the same user or with the same
     * idempotency key, are decided in order of arrival. Commands of the operator are not ordered.
     */
    default Set<Object> orderingKeys() {
        Set<Object> keys = new HashSet<>();
        if (ownerId() != OPERATOR) {
            keys.add(ownerId());
        }
        if (idempotencyKey().isPresent()) {
            keys.add(IdempotencyStore.rowOf(this));
        }
        return keys;
    }

    /**
     * Returns the key of the concurrency limit {@code commerce.rate-limit.one-command-in-flight}: if it is on, commands
     * of one queue that share the key are admitted one at a time.
     *
     * @return null if commands of this type are not limited
     */
    default @Nullable Object concurrencyKey() {
        return null;
    }
}
