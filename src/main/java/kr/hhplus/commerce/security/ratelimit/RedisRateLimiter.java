package kr.hhplus.commerce.security.ratelimit;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.AsyncBucketProxy;
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
import java.util.function.Function;
import kr.hhplus.commerce.kernel.cache.RedisCircuit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Token buckets in Redis, shared by all instances. Requests wait for Redis for a bounded time, never for a connection.
 */
final class RedisRateLimiter {

    private static final String PREFIX = "commerce:limit:";
    private static final Duration EXPIRY_MARGIN = Duration.ofSeconds(10);

    private final LettuceConnectionFactory connections;
    private final RedisCircuit circuit;
    private final Duration timeout;
    private final TimeMeter time;
    private volatile AsyncProxyManager<byte[]> buckets;

    RedisRateLimiter(LettuceConnectionFactory connections, RedisCircuit circuit, Duration timeout, Clock clock) {
        this.connections = connections;
        this.circuit = circuit;
        this.timeout = timeout;
        this.time = new InstallationTime(clock);
    }

    /** All instances refill the shared buckets, so they use the installation's clock instead of each machine's. */
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

    /**
     * Takes one token.
     *
     * @return empty if Redis does not answer in time
     */
    Optional<ConsumptionProbe> take(String key, Rate rate) {
        return call(key, rate, bucket -> bucket.tryConsumeAndReturnRemaining(1));
    }

    /**
     * Puts one token back.
     *
     * @return empty if Redis does not answer in time
     */
    Optional<Boolean> giveBack(String key, Rate rate) {
        return call(key, rate, bucket -> bucket.addTokens(1).thenApply(done -> true));
    }

    private <T> Optional<T> call(String key, Rate rate, Function<AsyncBucketProxy, CompletableFuture<T>> operation) {
        AsyncProxyManager<byte[]> open = buckets;
        if (open == null) {
            return Optional.empty();
        }
        return circuit.call(() -> {
            byte[] name = (PREFIX + key).getBytes(StandardCharsets.UTF_8);
            BucketConfiguration configuration =
                    BucketConfiguration.builder().addLimit(rate.bandwidth()).build();
            AsyncBucketProxy bucket =
                    open.builder().build(name, () -> CompletableFuture.completedFuture(configuration));
            return operation.apply(bucket).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Connects if not yet connected. Runs on a background thread; afterwards the client reconnects by itself. */
    void connect() {
        if (buckets == null) {
            circuit.call(() -> {
                try (RedisConnection connection = connections.getConnection()) {
                    buckets = proxyManager(connection.getNativeConnection(), time);
                }
                return true;
            });
        }
    }

    @SuppressWarnings("unchecked")
    private static AsyncProxyManager<byte[]> proxyManager(Object commands, TimeMeter time) {
        Bucket4jLettuce.LettuceBasedProxyManagerBuilder<byte[]> builder =
                commands instanceof RedisAdvancedClusterAsyncCommands<?, ?> cluster
                        ? Bucket4jLettuce.casBasedBuilder((RedisAdvancedClusterAsyncCommands<byte[], byte[]>) cluster)
                        : Bucket4jLettuce.casBasedBuilder((RedisAsyncCommands<byte[], byte[]>) commands);
        return builder.clientClock(time)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(EXPIRY_MARGIN))
                .build()
                .asAsync();
    }
}
