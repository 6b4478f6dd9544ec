package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.jspecify.annotations.Nullable;

/**
 * The incarnations of the event log, oldest first. An operator accepts a new one after the database went back in time.
 * Events from its first position on have ids of that incarnation.
 */
public record Incarnations(List<Incarnation> all) {

    /**
     * One incarnation.
     *
     * @param number 0 for the first one
     * @param firstPosition the position of its first event
     * @param acceptedAt null for the first one, which needs no acceptance
     */
    public record Incarnation(
            int number, long firstPosition, @Nullable Instant acceptedAt) {}

    public Incarnations {
        all = List.copyOf(all);
    }

    public Incarnation current() {
        return all.get(all.size() - 1);
    }

    /** Returns the number of the event id at that position; 0 before the first event. */
    public long idAt(long position) {
        return EventIds.of(incarnationAt(position), position);
    }

    /** Returns the event id at that position as clients see it. */
    public String textAt(long position) {
        return IdText.of(idAt(position));
    }

    private int incarnationAt(long position) {
        for (int i = all.size() - 1; i > 0; i--) {
            if (all.get(i).firstPosition() <= position) {
                return all.get(i).number();
            }
        }
        return 0;
    }

    /** Whether an event of a later incarnation has replaced the event with this id. */
    public boolean isLost(long id) {
        return EventIds.incarnationOf(id) < current().number() && idAt(EventIds.positionOf(id)) != id;
    }

    /** Returns the last position that the current log shares with an earlier incarnation. */
    public long lastSharedWith(int incarnation) {
        return all.stream()
                        .filter(each -> each.number() > incarnation)
                        .mapToLong(Incarnation::firstPosition)
                        .min()
                        .orElseThrow()
                - 1;
    }
}
