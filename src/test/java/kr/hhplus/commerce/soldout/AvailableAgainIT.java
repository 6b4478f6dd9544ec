package kr.hhplus.commerce.soldout;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.kernel.cache.RedisCircuit;
import kr.hhplus.commerce.testkit.servers.NeedsServers;
import kr.hhplus.commerce.testkit.servers.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What is available again drops out of the caches of all instances, whose own next read is far away. */
@NeedsServers
class AvailableAgainIT {

    private static final SoldOutProperties SETTINGS = new SoldOutProperties(
            Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1), 10, 10, 1, Duration.ofMillis(100));

    private RedisServer redis;
    private LettuceConnectionFactory connections;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        connections = new LettuceConnectionFactory("127.0.0.1", redis.port());
        connections.afterPropertiesSet();
        connections.start();
    }

    @AfterEach
    void stop() {
        connections.destroy();
        redis.close();
    }

    /** The cache and the broadcaster of one instance, for which every product is sold out. */
    private final class OneInstance {
        private final SoldOutCacheRegistry registry =
                new SoldOutCacheRegistry(SETTINGS, new IdempotencyPrecheck(null, SETTINGS), new SimpleMeterRegistry());
        private final SoldOutCache<Long> cache = registry.open(SoldOutType.PRODUCT, OneInstance::allSoldOut);
        private final SoldOutBroadcaster broadcaster = new SoldOutBroadcaster(
                new StringRedisTemplate(connections),
                new RedisCircuit("cache", Duration.ofSeconds(1), new SimpleMeterRegistry()),
                registry);

        private static Map<Long, Long> allSoldOut(Set<Long> ids) {
            return ids.stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
        }

        void knows(long product) {
            cache.markForCheck(product);
            cache.refresh();
            assertThat(cache.size()).isPositive();
        }
    }

    @Test
    void clearsTheCacheOfEveryInstance() {
        OneInstance one = new OneInstance();
        OneInstance other = new OneInstance();
        one.knows(1);
        other.knows(1);
        other.knows(2);
        one.broadcaster.step();
        other.broadcaster.step();

        one.registry.invalidate(SoldOutType.PRODUCT, 1);
        one.broadcaster.step();
        other.broadcaster.step();

        assertThat(one.cache.size()).isZero();
        assertThat(other.cache.size()).as("only what the other product needs").isEqualTo(1);
        other.knows(1);
        other.broadcaster.step();
        assertThat(other.cache.size()).as("a message clears it once").isEqualTo(2);
    }
}
