package kr.hhplus.commerce.eventlog;

/**
 * Event ids as numbers: the incarnation of the log in the upper 19 of 63 bits, the position in the lower 44. So the ids
 * of the first incarnation, 0, equal the positions, and the ids of a later incarnation sort after all earlier ids.
 */
public final class EventIds {

    private static final int POSITION_BITS = 44;
    private static final long POSITION_MAX = (1L << POSITION_BITS) - 1;

    /** The largest incarnation. */
    public static final int INCARNATION_MAX = (1 << (63 - POSITION_BITS)) - 1;

    private EventIds() {}

    /**
     * Returns the id of a position in an incarnation.
     *
     * @throws IllegalArgumentException if one of them is out of range
     */
    public static long of(int incarnation, long position) {
        if (incarnation < 0 || incarnation > INCARNATION_MAX || position < 0 || position > POSITION_MAX) {
            throw new IllegalArgumentException(
                    "invalid event id: incarnation " + incarnation + ", position " + position);
        }
        return (long) incarnation << POSITION_BITS | position;
    }

    public static int incarnationOf(long id) {
        return (int) (id >>> POSITION_BITS);
    }

    public static long positionOf(long id) {
        return id & POSITION_MAX;
    }
}
