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

/** Redis, where it is asked for; without {@code commerce.cache=redis} nothing of it is there, not even a client. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "commerce.cache", havingValue = "redis")
@Import(RedisAutoConfiguration.class)
class RedisConfiguration {

    private static final Duration RECONNECT_DELAY_MAX = Duration.ofMillis(500);

    /** A call while Redis is away fails at once instead of waiting for it to come back. */
    @Bean
    LettuceClientOptionsBuilderCustomizer failAtOnce() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
    }

    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
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

    /** Shows whether Redis helps. Never DOWN: without it everything works, so nobody may be sent away for it. */
    @Bean
    HealthIndicator redisHealthIndicator(RedisCircuit circuit) {
        return () -> circuit.isReachable()
                ? Health.up().build()
                : Health.unknown()
                        .withDetail("redis", "out of reach; working without it")
                        .build();
    }
}
