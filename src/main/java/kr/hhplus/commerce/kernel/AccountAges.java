package kr.hhplus.commerce.kernel;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Tells how old the accounts of users are. Exists if callers need credentials. */
public interface AccountAges {

    /**
     * Returns when the accounts were created, by user number. A user of another issuer counts from the first token that
     * this installation saw; one whose number the issuer assigned has no entry.
     */
    Map<Long, Instant> createdAt(Collection<Long> userIds);
}
