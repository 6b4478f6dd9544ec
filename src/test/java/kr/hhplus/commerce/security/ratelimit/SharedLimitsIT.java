package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ClientOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import kr.hhplus.commerce.kernel.cache.RedisCircuit;
import kr.hhplus.commerce.testkit.servers.RealServers;
import kr.hhplus.commerce.testkit.servers.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Two instances count together in Redis; each counts alone while Redis is away, and together again when it is back. */
@ExtendWith(RealServers.class)
class SharedLimitsIT {

    private static final Rate FIVE = Rate.valueOf("1/h burst 5");

    private final RedisServer redis = RedisServer.start();
    private final LettuceConnectionFactory[] connections = {connections(), connections()};
    private final RateLimiter[] instances = {instance(0), instance(1)};

    private LettuceConnectionFactory connections() {
        LettuceConnectionFactory factory = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", redis.port()),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofMillis(500))
                        .clientOptions(ClientOptions.builder()
                                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                                .build())
                        .build());
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    private RateLimiter instance(int number) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        RedisCircuit circuit = new RedisCircuit("ratelimit", Duration.ofMillis(200), registry);
        RedisRateLimiter shared =
                new RedisRateLimiter(connections[number], circuit, Duration.ofMillis(500), Clock.systemUTC());
        RateLimitProperties settings = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("commerce.rate-limit", RateLimitProperties.class);
        shared.connect();
        assertThat(shared.take("connected " + number, FIVE)).isPresent();
        return new RateLimiter("requests", settings.keysMax(), Optional.of(shared), registry);
    }

    @AfterEach
    void stop() {
        for (LettuceConnectionFactory factory : connections) {
            factory.destroy();
        }
        redis.close();
    }

    private long allowed(String key) {
        return IntStream.range(0, 20)
                .filter(i -> instances[i % 2].take(key, FIVE).allowed())
                .count();
    }

    @Test
    void countTogetherAndGoOnAlone() {
        assertThat(allowed("warm-up")).isPositive();
        assertThat(allowed("together")).isEqualTo(5);
        instances[0].giveBack("together", FIVE);
        assertThat(allowed("together")).as("the token that was given back").isEqualTo(1);
        redis.kill9();
        assertThat(allowed("alone")).as("five on each").isEqualTo(10);
        redis.restart();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> allowed("again " + System.nanoTime()) == 5);
    }
}
