package kr.hhplus.commerce.kernel.idempotency;

import java.util.HashSet;
import java.util.Set;

/** A command that a client may repeat safely under a key of its own choice. */
public interface IdempotentCommand {

    /** Owns the keys of the operator in local mode. */
    long OPERATOR = 0;

    /** Whose key it is where nobody has shown who calls: the user named in the request, or the operator. */
    long keyOwner();

    /** Whose key it is: the caller's. Keys of different callers never meet. */
    default long whoseKey() {
        return requestKey().caller() == 0 ? keyOwner() : requestKey().caller();
    }

    IdempotencyKey requestKey();

    /**
     * Commands that share one of these are decided in order of arrival: those of one user, and those of one key. The
     * operator's need not be.
     */
    default Set<Object> sequence() {
        Set<Object> sequence = new HashSet<>();
        if (keyOwner() != OPERATOR) {
            sequence.add(keyOwner());
        }
        if (requestKey().isPresent()) {
            sequence.add(IdempotencyStore.rowOf(this));
        }
        return sequence;
    }

    /** What only one command may occupy at a time, where that is asked for: by default, its owner. */
    default Object turn() {
        return keyOwner();
    }
}
