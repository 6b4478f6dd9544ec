package kr.hhplus.commerce.kernel.cache;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.data.redis.ClientResourcesBuilderCustomizer;
import org.springframework.boot.autoconfigure.data.redis.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Configures Redis. Without {@code commerce.cache=redis} no Redis bean exists, not even a client. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "commerce.cache", havingValue = "redis")
@Import(RedisAutoConfiguration.class)
class RedisConfiguration {

    private static final Duration RECONNECT_DELAY_MAX = Duration.ofMillis(500);

    /** Calls fail at once while Redis is not reachable, instead of waiting for a reconnect. */
    @Bean
    LettuceClientOptionsBuilderCustomizer failAtOnce() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
    }

    @Bean
    ClientResourcesBuilderCustomizer constantReconnectDelay() {
        return resources -> resources.reconnectDelay(Delay.constant(RECONNECT_DELAY_MAX));
    }

    @Bean
    RedisCircuit redisCircuit(SharedCacheProperties properties, MeterRegistry registry) {
        return new RedisCircuit("cache", properties.circuitOpenDuration(), registry);
    }

    @Bean
    RedisSharedCache redisSharedCache(
            StringRedisTemplate redis, RedisCircuit circuit, SharedCacheProperties properties) {
        return new RedisSharedCache(redis, circuit, properties);
    }

    /**
     * Reports whether Redis is reachable. Never DOWN: the service works without Redis, so no instance may lose traffic
     * because of it.
     */
    @Bean
    HealthIndicator redisHealthIndicator(RedisCircuit circuit) {
        return () -> circuit.isReachable()
                ? Health.up().build()
                : Health.unknown()
                        .withDetail("redis", "not reachable; the service works without it")
                        .build();
    }
}
