package kr.hhplus.commerce.kernel.cache;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Stores shared values in Redis: the time by Redis' clock at which the read started, then the text. A value expires
 * when it reaches the maximum age. No caller waits for Redis longer than the configured timeout.
 */
final class RedisSharedCache implements DisposableBean {

    private static final String PREFIX = "commerce:snapshot:";

    /** Returns Redis' time, the value's remaining milliseconds, and the value unless it is too long. */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> FIND = RedisScript.of("""
            local t = redis.call('TIME')
            local now = string.format('%.0f', t[1] * 1000 + math.floor(t[2] / 1000))
            local length = redis.pcall('STRLEN', KEYS[1])
            if type(length) ~= 'number' or length == 0 or length > tonumber(ARGV[1]) then return {now, '-1', ''} end
            return {now, tostring(redis.call('PTTL', KEYS[1])), redis.call('GET', KEYS[1])}
            """, List.class);

    private final StringRedisTemplate redis;
    private final RedisCircuit circuit;
    private final SharedCacheProperties properties;
    private final ThreadPoolExecutor threads;

    RedisSharedCache(StringRedisTemplate redis, RedisCircuit circuit, SharedCacheProperties properties) {
        this.redis = redis;
        this.circuit = circuit;
        this.properties = properties;
        this.threads = new ThreadPoolExecutor(
                0, properties.maxConcurrency(), 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "snapshots");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * The result of a lookup at {@code now}, in milliseconds of Redis' clock.
     *
     * @param text null if there is no usable value
     */
    record Found(long now, Duration age, String text) {}

    /** Returns the result of a lookup. Empty if Redis is not reachable, in which case saving would fail too. */
    Optional<Found> find(String name, Duration ageMax) {
        return callWithTimeout(
                        () -> redis.execute(FIND, List.of(PREFIX + name), String.valueOf(properties.valueBytesMax())))
                .map(response -> found(response, ageMax.toMillis()));
    }

    /**
     * Rejects values that this service cannot have written: without an expiry, with an expiry beyond the maximum age,
     * or with a time in the future.
     */
    static Found found(List<?> response, long ageMillisMax) {
        long now = Long.parseLong((String) response.get(0));
        long remaining = Long.parseLong((String) response.get(1));
        String value = (String) response.get(2);
        int space = value.indexOf(' ');
        Found notFound = new Found(now, Duration.ZERO, null);
        if (remaining <= 0
                || remaining > ageMillisMax
                || space < 1
                || !value.substring(0, space).matches("\\d{1,15}")) {
            return notFound;
        }
        long ageByTime = now - Long.parseLong(value.substring(0, space));
        long age = Math.max(ageByTime, ageMillisMax - remaining);
        return ageByTime < 0 || age > ageMillisMax
                ? notFound
                : new Found(now, Duration.ofMillis(age), value.substring(space + 1));
    }

    /**
     * Saves a value with its age.
     *
     * @param startMillis a time before the read of the text started, in milliseconds of Redis' clock
     */
    void save(String name, Duration ageMax, long startMillis, String text) {
        if (text.length() < properties.valueBytesMax()) {
            callWithTimeout(() -> {
                redis.opsForValue().set(PREFIX + name, startMillis + " " + text, ageMax);
                return true;
            });
        }
    }

    private <T> Optional<T> callWithTimeout(Callable<T> call) {
        return circuit.call(() -> {
            Future<T> result = threads.submit(call);
            try {
                return result.get(properties.timeout().toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                result.cancel(true);
            }
        });
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
