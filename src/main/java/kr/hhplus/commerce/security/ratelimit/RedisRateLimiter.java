package kr.hhplus.commerce.security.ratelimit;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kr.hhplus.commerce.kernel.cache.RedisCircuit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Buckets that all instances share. A request waits for Redis a few milliseconds, and never for a connection. */
final class RedisRateLimiter {

    private static final String PREFIX = "commerce:limit:";
    private static final Duration KEPT_LONGER = Duration.ofSeconds(10);

    private final LettuceConnectionFactory connections;
    private final RedisCircuit circuit;
    private final Duration wait;
    private final TimeMeter time;
    private volatile AsyncProxyManager<byte[]> buckets;

    RedisRateLimiter(LettuceConnectionFactory connections, RedisCircuit circuit, Duration wait, Clock clock) {
        this.connections = connections;
        this.circuit = circuit;
        this.wait = wait;
        this.time = new InstallationTime(clock);
    }

    /** What is stored in Redis is refilled by all instances, so by one clock: Bucket4j's own is each machine's. */
    private record InstallationTime(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    /** What became of a token; nothing where Redis cannot say so now. */
    Optional<ConsumptionProbe> take(String key, Rate rate) {
        AsyncProxyManager<byte[]> open = buckets;
        return open == null ? Optional.empty() : circuit.call(() -> take(open, key, rate));
    }

    private ConsumptionProbe take(AsyncProxyManager<byte[]> open, String key, Rate rate) throws Exception {
        byte[] name = (PREFIX + key).getBytes(StandardCharsets.UTF_8);
        BucketConfiguration bucket =
                BucketConfiguration.builder().addLimit(rate.bandwidth()).build();
        CompletableFuture<ConsumptionProbe> answer = open.builder()
                .build(name, () -> CompletableFuture.completedFuture(bucket))
                .tryConsumeAndReturnRemaining(1);
        return answer.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Connects, where that has not been done. Called by a thread of its own; from then on the client reconnects.
     *
     * @return false: there is never more to do right now
     */
    boolean connect() {
        if (buckets == null) {
            circuit.call(() -> {
                try (RedisConnection connection = connections.getConnection()) {
                    buckets = over(connection.getNativeConnection(), time);
                }
                return true;
            });
        }
        return false;
    }

    boolean isConnected() {
        return buckets != null;
    }

    @SuppressWarnings("unchecked")
    private static AsyncProxyManager<byte[]> over(Object commands, TimeMeter time) {
        Bucket4jLettuce.LettuceBasedProxyManagerBuilder<byte[]> builder =
                commands instanceof RedisAdvancedClusterAsyncCommands<?, ?> cluster
                        ? Bucket4jLettuce.casBasedBuilder((RedisAdvancedClusterAsyncCommands<byte[], byte[]>) cluster)
                        : Bucket4jLettuce.casBasedBuilder((RedisAsyncCommands<byte[], byte[]>) commands);
        return builder.clientClock(time)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_LONGER))
                .build()
                .asAsync();
    }
}
