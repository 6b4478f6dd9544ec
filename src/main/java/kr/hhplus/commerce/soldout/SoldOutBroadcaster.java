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
 * Tells other instances what went up here, and hears what went up there, through one short list in Redis. What is
 * heard is only a reason to look at the database, so that a lie costs one read.
 */
final class SoldOutBroadcaster {

    static final String KEY = "commerce:signs";

    /** What is sold out, and a number that makes each message one of its own. */
    private static final Pattern MESSAGE = Pattern.compile("(campaign|product) ([1-9]\\d{0,15}) [0-9a-f]{1,16}");

    private static final int MESSAGES_MAX = 256;
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final StringRedisTemplate redis;
    private final RedisCircuit circuit;
    private final SoldOutCaches soldOutCaches;
    private final BlockingQueue<String> toTell = new ArrayBlockingQueue<>(MESSAGES_MAX);
    private Set<String> heard = Set.of();

    SoldOutBroadcaster(StringRedisTemplate redis, RedisCircuit circuit, SoldOutCaches soldOutCaches) {
        this.redis = redis;
        this.circuit = circuit;
        this.soldOutCaches = soldOutCaches;
        // A full queue means that Redis is away; the others find out by themselves.
        soldOutCaches.onRaisedHere((kind, id) -> toTell.offer(message(kind, id)));
    }

    static String message(SoldOutType kind, long id) {
        return kind.text() + " " + id + " "
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    /** @return false: the next round can wait */
    boolean step() {
        List<String> news = List.copyOf(toTell);
        circuit.call(() -> exchange(news)).ifPresent(messages -> {
            toTell.removeAll(news);
            hear(messages);
        });
        return false;
    }

    private List<String> exchange(List<String> news) {
        try {
            if (!news.isEmpty()) {
                redis.opsForList().leftPushAll(KEY, news);
                redis.opsForList().trim(KEY, 0, MESSAGES_MAX - 1L);
                redis.expire(KEY, KEPT);
            }
            return redis.opsForList().range(KEY, 0, MESSAGES_MAX - 1L);
        } catch (RedisSystemException e) {
            // Something else lies where the list should be.
            redis.delete(KEY);
            throw e;
        }
    }

    private void hear(List<String> messages) {
        for (String message : messages) {
            Matcher parts = MESSAGE.matcher(message);
            if (!heard.contains(message) && parts.matches()) {
                soldOutCaches.hear(
                        SoldOutType.valueOf(parts.group(1).toUpperCase(Locale.ROOT)), Long.parseLong(parts.group(2)));
            }
        }
        heard = new HashSet<>(messages);
    }
}
