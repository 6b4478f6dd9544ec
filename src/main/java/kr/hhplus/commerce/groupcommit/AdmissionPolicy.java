package kr.hhplus.commerce.groupcommit;

import org.jspecify.annotations.Nullable;

/** Asked before a command may wait in a queue, for rules about commands in flight rather than about rows. */
@FunctionalInterface
public interface AdmissionPolicy {

    /**
     * Admits a command, or not.
     *
     * @param queue the queue's name
     * @return an action to run once the command has its result; null when the command may not enter now
     */
    @Nullable
    Runnable admit(String queue, Object command);
}
