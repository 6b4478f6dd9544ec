package kr.hhplus.commerce.security.ratelimit;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import kr.hhplus.commerce.groupcommit.AdmissionPolicy;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/**
 * Admits one command per user and command queue at a time; for coupons, one per user and campaign. A repetition with
 * the idempotency key of the command in flight is admitted and gets the same result.
 */
final class OneCommandInFlight implements AdmissionPolicy {

    private static final Runnable NO_RELEASE = () -> {};

    private final ConcurrentHashMap<Slot, InFlight> inFlight = new ConcurrentHashMap<>();

    private record Slot(String queue, Object scope) {}

    /**
     * The commands in a slot.
     *
     * @param key their idempotency key, or null
     */
    private record InFlight(String key, int count) {

        boolean admits(String other) {
            return key != null && Objects.equals(key, other);
        }
    }

    @Override
    public Runnable admit(String queue, Object command) {
        if (!(command instanceof IdempotentCommand keyed) || keyed.concurrencyKey() == null) {
            return NO_RELEASE;
        }
        Slot slot = new Slot(queue, keyed.concurrencyKey());
        String key = keyed.idempotencyKey().key();
        boolean[] admitted = new boolean[1];
        inFlight.compute(slot, (unused, current) -> {
            admitted[0] = current == null || current.admits(key);
            return admitted[0] ? new InFlight(key, current == null ? 1 : current.count() + 1) : current;
        });
        return admitted[0] ? () -> release(slot) : null;
    }

    private void release(Slot slot) {
        inFlight.computeIfPresent(slot, (unused, c) -> c.count() == 1 ? null : new InFlight(c.key(), c.count() - 1));
    }
}
