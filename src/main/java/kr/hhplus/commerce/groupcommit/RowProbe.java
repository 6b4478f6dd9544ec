package kr.hhplus.commerce.groupcommit;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Reads which locks other sessions hold. Every method throws when the store cannot be reached. */
interface RowProbe {

    /**
     * Finds the rows that another session holds at this moment, without waiting for any of them.
     *
     * @return the locked rows; when many are locked it may include free ones, from the end of the collection first
     */
    Set<RowKey> locked(Collection<RowKey> rows);

    /**
     * Waits for the row as a transaction would, for at most the store's lock timeout.
     *
     * @return whether the row was free
     */
    boolean awaitFree(RowKey row);

    /**
     * Describes the session that holds the row, for a log line.
     *
     * @return empty when the store does not say
     */
    Optional<String> holderOf(RowKey row);

    /** Called about once a second while rows are locked, because the holder may be an instance of this service. */
    default void whileLocked() {}
}
