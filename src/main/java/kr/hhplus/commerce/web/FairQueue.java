package kr.hhplus.commerce.web;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that serves clients in turn (start-time fair queueing), so that a client with many entries delays its
 * own entries and not those of others. If the queue is full, an entry of a client that has had less than its share
 * replaces the last entry of one that has had more. An IPv6 network of 48 bits gets the share of four clients.
 *
 * <p>Each entry has a tag: the virtual time of its turn. The virtual time advances with each entry that is taken, so
 * that every entry is taken at some time, however many new clients arrive. Not thread-safe.
 *
 * @param <E> the entries
 */
public final class FairQueue<E> {

    /** How many clients' share an IPv6 network of 48 bits gets. */
    public static final int CLIENTS_OF_WIDE_NETWORK = 4;

    private static final int CLIENTS_REMEMBERED_MAX = 10_000;
    private static final long TURN = 1L << 20;

    private final int capacity;
    private final TreeSet<Entry<E>> entries =
            new TreeSet<>(Comparator.<Entry<E>>comparingLong(Entry::tag).thenComparingLong(Entry::number));

    /** The virtual time of the next turn of a client. A client that is forgotten has its next turn now. */
    private final Map<String, Long> nextTurns = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > CLIENTS_REMEMBERED_MAX;
        }
    };

    private long virtualTime;
    private long arrivals;

    private record Entry<E>(long tag, long number, String client, E element) {}

    public FairQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds an element of the client at an address.
     *
     * @return the element that has no place in the queue: that of another client, the new one, or null for none
     */
    public @Nullable E offer(String address, E element) {
        String wide = ClientAddress.wideNetworkOf(address);
        return offer(ClientAddress.networkOf(address), wide, element);
    }

    /**
     * Adds an element of a client that is identified by a name; see {@link #offer(String, Object)}. All names of one
     * address get the share of {@value #CLIENTS_OF_WIDE_NETWORK} clients.
     */
    public @Nullable E offerOf(String name, String address, E element) {
        return offer("name " + name, "network " + ClientAddress.networkOf(address), element);
    }

    private @Nullable E offer(String client, @Nullable String wideNetwork, E element) {
        long tag = Math.max(virtualTime, nextTurns.getOrDefault(client, 0L));
        if (wideNetwork != null) {
            tag = Math.max(tag, nextTurns.getOrDefault(wideNetwork, 0L));
        }
        E evicted = null;
        if (entries.size() >= capacity) {
            Entry<E> last = entries.last();
            if (last.tag() <= tag) {
                return element;
            }
            entries.remove(last);
            nextTurns.put(last.client(), last.tag());
            evicted = last.element();
        }
        entries.add(new Entry<>(tag, arrivals++, client, element));
        nextTurns.put(client, tag + TURN);
        if (wideNetwork != null) {
            nextTurns.put(wideNetwork, tag + TURN / CLIENTS_OF_WIDE_NETWORK);
        }
        return evicted;
    }

    /** Takes the element whose turn it is; null if the queue is empty. */
    public @Nullable E poll() {
        Entry<E> first = entries.pollFirst();
        if (first == null) {
            return null;
        }
        virtualTime = Math.max(virtualTime, first.tag()) + TURN / (entries.size() + 1);
        return first.element();
    }

    /** Removes an element, compared by identity. */
    public void remove(E element) {
        entries.removeIf(entry -> entry.element() == element);
    }

    public int size() {
        return entries.size();
    }
}
