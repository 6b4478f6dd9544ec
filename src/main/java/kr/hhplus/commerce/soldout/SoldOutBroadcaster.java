package kr.hhplus.commerce.soldout;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
    private final BlockingQueue<String> toSend = new ArrayBlockingQueue<>(MESSAGES_MAX);
    private Set<String> received = Set.of();

    SoldOutBroadcaster(StringRedisTemplate redis, RedisCircuit circuit, SoldOutCacheRegistry soldOutCacheRegistry) {
        this.redis = redis;
        this.circuit = circuit;
        this.soldOutCacheRegistry = soldOutCacheRegistry;
        // If Redis is unreachable, the queue becomes full; the other instances then check only what their own
        // batches report.
        soldOutCacheRegistry.onLocalEntryCreated((type, id) -> toSend.offer(message(type, id)));
        soldOutCacheRegistry.onInvalidated((type, id) -> toSend.offer(message(type, id) + AVAILABLE));
    }

    static String message(SoldOutType type, long id) {
        return type.text() + " " + id + " "
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    /** Sends and receives once. */
    void step() {
        List<String> sent = List.copyOf(toSend);
        circuit.call(() -> exchange(sent)).ifPresent(messages -> {
            toSend.removeAll(sent);
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
