package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kr.hhplus.commerce.kernel.cache.RedisCircuit;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Counting waits for Redis a few milliseconds only; that it waited in vain is no reason to do without cache. */
class ImpatientLimitsTests {

    @Test
    void takeRedisFromNobodyElse() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        RedisCircuit cache = new RedisCircuit("cache", Duration.ofHours(1), registry);
        LettuceConnectionFactory away = Mockito.mock(LettuceConnectionFactory.class);
        Mockito.when(away.getConnection()).thenThrow(new RedisException("away"));
        RateLimitProperties settings = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("commerce.rate-limit", RateLimitProperties.class);
        RedisRateLimiter buckets =
                new RateLimitConfiguration.InRedis().redisRateLimiter(away, settings, Clock.systemUTC(), registry);
        buckets.connect();
        assertThat(List.of("ratelimit", "cache"))
                .extracting(user -> registry.get("commerce." + user + ".redis.reachable")
                        .gauge()
                        .value())
                .containsExactly(0.0, 1.0);
        assertThat(cache.call(() -> "asked")).isEqualTo(Optional.of("asked"));
    }
}
