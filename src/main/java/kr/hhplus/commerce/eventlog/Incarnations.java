package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.kernel.ids.IdText;

/**
 * The lives of the event log, oldest first. An operator accepts a new one after the database went back in time; from
 * its first position on, events have ids of that incarnation.
 */
public record Incarnations(List<Incarnation> all) {

    /** @param acceptedAt null for the first one, which was not accepted by hand */
    public record Incarnation(int number, long firstPosition, Instant acceptedAt) {}

    public Incarnations {
        all = List.copyOf(all);
    }

    public Incarnation current() {
        return all.get(all.size() - 1);
    }

    /** The number of the event id at that position; 0 before the first one. */
    public long idAt(long position) {
        return EventIds.of(incarnationAt(position), position);
    }

    /** As {@link #idAt}, as clients see it. */
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

    /** Whether an event with this id was replaced by one of a later incarnation. */
    public boolean isLost(long id) {
        return EventIds.incarnationOf(id) < current().number() && idAt(EventIds.positionOf(id)) != id;
    }

    /** The last position that today's log shares with an incarnation that has ended. */
    public long lastSharedWith(int incarnation) {
        return all.stream()
                        .filter(each -> each.number() > incarnation)
                        .mapToLong(Incarnation::firstPosition)
                        .min()
                        .orElseThrow()
                - 1;
    }
}
