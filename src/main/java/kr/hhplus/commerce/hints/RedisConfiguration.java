package kr.hhplus.commerce.hints;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import kr.hhplus.commerce.shared.time.Loop;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.data.redis.ClientResourcesBuilderCustomizer;
import org.springframework.boot.autoconfigure.data.redis.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
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
    RedisAccess redisAccess(SnapshotSettings settings, MeterRegistry registry) {
        return new RedisAccess("hints", settings.rest(), registry);
    }

    @Bean
    RedisSnapshots redisSnapshots(StringRedisTemplate redis, RedisAccess access, SnapshotSettings settings) {
        return new RedisSnapshots(redis, access, settings);
    }

    @Bean
    Loop signExchangeLoop(
            LettuceConnectionFactory connections,
            StringRedisTemplate redis,
            RedisAccess access,
            SoldOutSigns signs,
            SignSettings settings) {
        // Closed after the loop, which stops in phase 0.
        connections.setPhase(-1);
        return new Loop("sign-exchange", settings.poll(), new SignExchange(redis, access, signs)::step, () -> {});
    }

    /** Shows whether Redis helps. Never DOWN: without it everything works, so nobody may be sent away for it. */
    @Bean
    HealthIndicator hintsHealthIndicator(RedisAccess access) {
        return () -> access.isReachable()
                ? Health.up().build()
                : Health.unknown()
                        .withDetail("redis", "out of reach; working without it")
                        .build();
    }
}
