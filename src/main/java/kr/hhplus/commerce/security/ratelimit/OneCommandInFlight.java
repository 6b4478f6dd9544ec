package kr.hhplus.commerce.security.ratelimit;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kr.hhplus.commerce.groupcommit.AdmissionPolicy;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/**
 * One command of each user in a lane at a time; for coupons, one of each user and campaign. A repetition under the key
 * of the one that is under way may enter: it gets that one's answer.
 */
final class OneCommandInFlight implements AdmissionPolicy {

    private static final Set<String> LANES = Set.of("order", "coupon");
    private static final Runnable NOTHING = () -> {};

    private final ConcurrentHashMap<Place, Turn> underWay = new ConcurrentHashMap<>();

    private record Place(String lane, Object turn) {}

    /** @param key null: without one */
    private record Turn(String key, int count) {

        boolean takes(String other) {
            return key != null && Objects.equals(key, other);
        }
    }

    @Override
    public Runnable admit(String lane, Object command) {
        if (!LANES.contains(lane) || !(command instanceof IdempotentCommand keyed)) {
            return NOTHING;
        }
        Place place = new Place(lane, keyed.turn());
        String key = keyed.requestKey().key();
        boolean[] entered = new boolean[1];
        underWay.compute(place, (unused, turn) -> {
            entered[0] = turn == null || turn.takes(key);
            return entered[0] ? new Turn(key, turn == null ? 1 : turn.count() + 1) : turn;
        });
        return entered[0] ? () -> leave(place) : null;
    }

    private void leave(Place place) {
        underWay.computeIfPresent(
                place, (unused, turn) -> turn.count() == 1 ? null : new Turn(turn.key(), turn.count() - 1));
    }
}
