package kr.hhplus.commerce.soldout;

import kr.hhplus.commerce.kernel.cache.RedisCircuit;
import kr.hhplus.commerce.kernel.time.BackgroundTask;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Refreshes the sold-out caches, and broadcasts their entries to other instances if Redis is configured. */
@Configuration(proxyBeanMethods = false)
class SoldOutConfiguration {

    @Bean
    BackgroundTask soldOutRefresh(SoldOutCacheRegistry caches, SoldOutProperties properties) {
        return BackgroundTask.periodic("soldout-refresh", properties.refreshInterval(), caches::refresh);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "commerce.cache", havingValue = "redis")
    static class Broadcasting {

        @Bean
        BackgroundTask soldOutBroadcast(
                LettuceConnectionFactory connections,
                StringRedisTemplate redis,
                RedisCircuit circuit,
                SoldOutCacheRegistry caches,
                SoldOutProperties properties) {
            // Closed after the task, which stops in phase 0.
            connections.setPhase(-1);
            SoldOutBroadcaster broadcaster = new SoldOutBroadcaster(redis, circuit, caches);
            return BackgroundTask.periodic("soldout-broadcast", properties.broadcastInterval(), broadcaster::step);
        }
    }
}
