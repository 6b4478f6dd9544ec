package kr.hhplus.commerce.groupcommit;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Asks the store about locks that other sessions hold. Throws where the store cannot be asked. */
interface RowProbe {

    /**
     * Those of the rows that another session holds at this moment. Does not wait for any of them. Where many are
     * locked, it may include free ones, rather from the end of the rows than from their beginning.
     */
    Set<RowKey> locked(Collection<RowKey> rows);

    /** Waits for the row as a transaction would, for as long as the store lets it. @return whether it was free */
    boolean awaitFree(RowKey row);

    /** Who holds the row, for people; nothing where the store does not say. */
    Optional<String> holderOf(RowKey row);

    /** Called about once a second while rows are locked, because the holder may be a part of this service. */
    default void whileLocked() {}
}
