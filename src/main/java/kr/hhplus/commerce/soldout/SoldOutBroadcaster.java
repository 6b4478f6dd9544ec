package kr.hhplus.commerce.soldout;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.cache.RedisCircuit;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Exchanges sold-out ids, and those that may be available again, with the other instances through one short list in
 * Redis. Messages are advisory; a false one costs one query.
 */
final class SoldOutBroadcaster {

    static final String KEY = "commerce:sold-out";

    /** A type, an id, a random number that makes each message unique, and whether the item may be available again. */
    private static final Pattern MESSAGE =
            Pattern.compile("(campaign|product) ([1-9]\\d{0,15}) [0-9a-f]{1,16}( available)?");

    private static final String AVAILABLE = " available";

    private static final int MESSAGES_MAX = 256;
    private static final Duration MESSAGES_TTL = Duration.ofSeconds(5);

    private final StringRedisTemplate redis;
    private final RedisCircuit circuit;
    private final SoldOutCacheRegistry soldOutCacheRegistry;

    /** The last message of each kind about each item. */
    private final Map<String, String> toSend = new ConcurrentHashMap<>();

    private Set<String> received = Set.of();

    SoldOutBroadcaster(StringRedisTemplate redis, RedisCircuit circuit, SoldOutCacheRegistry soldOutCacheRegistry) {
        this.redis = redis;
        this.circuit = circuit;
        this.soldOutCacheRegistry = soldOutCacheRegistry;
        soldOutCacheRegistry.onLocalEntryCreated((type, id) -> send(type, id, ""));
        soldOutCacheRegistry.onInvalidated((type, id) -> send(type, id, AVAILABLE));
    }

    /** A new message replaces an equal one that waits. Beyond the maximum, for example without Redis, it is dropped. */
    private void send(SoldOutType type, long id, String suffix) {
        String item = type.text() + " " + id + suffix;
        if (toSend.size() < MESSAGES_MAX || toSend.containsKey(item)) {
            toSend.put(item, message(type, id) + suffix);
        }
    }

    static String message(SoldOutType type, long id) {
        return type.text() + " " + id + " "
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    /** Sends and receives once. */
    void step() {
        List<String> sent = List.copyOf(toSend.values());
        circuit.call(() -> exchange(sent)).ifPresent(messages -> {
            toSend.values().removeAll(sent);
            receive(messages);
        });
    }

    private List<String> exchange(List<String> sent) {
        try {
            if (!sent.isEmpty()) {
                redis.opsForList().leftPushAll(KEY, sent);
                redis.opsForList().trim(KEY, 0, MESSAGES_MAX - 1L);
                redis.expire(KEY, MESSAGES_TTL);
            }
            return redis.opsForList().range(KEY, 0, MESSAGES_MAX - 1L);
        } catch (RedisSystemException e) {
            // The key holds another type than a list.
            redis.delete(KEY);
            throw e;
        }
    }

    private void receive(List<String> messages) {
        for (String message : messages) {
            Matcher parts = MESSAGE.matcher(message);
            if (!received.contains(message) && parts.matches()) {
                SoldOutType type = SoldOutType.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
                long id = Long.parseLong(parts.group(2));
                if (parts.group(3) == null) {
                    soldOutCacheRegistry.markForCheckByPeer(type, id);
                } else {
                    soldOutCacheRegistry.invalidateHere(type, id);
                }
            }
        }
        received = new HashSet<>(messages);
    }
}
