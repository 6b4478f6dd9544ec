package kr.hhplus.commerce.eventlog;

/**
 * Event ids as numbers: the incarnation of the log in the upper 19 of 63 bits, the position in the lower 44. So ids of
 * the first incarnation, 0, are the positions themselves, and ids of a later one sort after all earlier ones.
 */
public final class EventIds {

    private static final int POSITION_BITS = 44;
    private static final long POSITION_MAX = (1L << POSITION_BITS) - 1;

    /** The largest number of an incarnation. */
    public static final int INCARNATION_MAX = (1 << (63 - POSITION_BITS)) - 1;

    private EventIds() {}

    /** @throws IllegalArgumentException where one of them is out of range */
    public static long of(int incarnation, long position) {
        if (incarnation < 0 || incarnation > INCARNATION_MAX || position < 0 || position > POSITION_MAX) {
            throw new IllegalArgumentException("no event id: incarnation " + incarnation + ", position " + position);
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
