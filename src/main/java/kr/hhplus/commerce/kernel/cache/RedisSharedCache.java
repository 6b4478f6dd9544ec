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
 * Shared values in Redis: the instant by Redis' clock at which reading began, then the text. A value expires when it is
 * too old. No caller waits for Redis longer than the configured timeout.
 */
final class RedisSharedCache implements DisposableBean {

    private static final String PREFIX = "commerce:snapshot:";

    /** Returns, by Redis' clock, now, the value's remaining milliseconds, and the value unless it is too long. */
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
    private final ThreadPoolExecutor callers;

    RedisSharedCache(StringRedisTemplate redis, RedisCircuit circuit, SharedCacheProperties properties) {
        this.redis = redis;
        this.circuit = circuit;
        this.properties = properties;
        this.callers = new ThreadPoolExecutor(
                0, properties.maxConcurrency(), 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "snapshots");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * The result of a look-up at {@code now}, in milliseconds of Redis' clock.
     *
     * @param text null if there is no usable value
     */
    record Found(long now, Duration age, String text) {}

    /** Empty if Redis is not reachable; then saving would be useless, too. */
    Optional<Found> find(String name, Duration ageMax) {
        return soon(() -> redis.execute(FIND, List.of(PREFIX + name), String.valueOf(properties.valueBytesMax())))
                .map(answer -> found(answer, ageMax.toMillis()));
    }

    /** Rejects values that this service cannot have written: without an expiry, with too late a one, of the future. */
    static Found found(List<?> answer, long ageMillisMax) {
        long now = Long.parseLong((String) answer.get(0));
        long left = Long.parseLong((String) answer.get(1));
        String value = (String) answer.get(2);
        int space = value.indexOf(' ');
        Found nothing = new Found(now, Duration.ZERO, null);
        if (left <= 0
                || left > ageMillisMax
                || space < 1
                || !value.substring(0, space).matches("\\d{1,15}")) {
            return nothing;
        }
        long byStamp = now - Long.parseLong(value.substring(0, space));
        long age = Math.max(byStamp, ageMillisMax - left);
        return byStamp < 0 || age > ageMillisMax
                ? nothing
                : new Found(now, Duration.ofMillis(age), value.substring(space + 1));
    }

    /** @param begun an instant before reading the text began, in milliseconds of Redis' clock */
    void save(String name, Duration ageMax, long begun, String text) {
        if (text.length() < properties.valueBytesMax()) {
            soon(() -> {
                redis.opsForValue().set(PREFIX + name, begun + " " + text, ageMax);
                return true;
            });
        }
    }

    private <T> Optional<T> soon(Callable<T> call) {
        return circuit.call(() -> {
            Future<T> answer = callers.submit(call);
            try {
                return answer.get(properties.timeout().toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                answer.cancel(true);
            }
        });
    }

    @Override
    public void destroy() {
        callers.shutdownNow();
    }
}
