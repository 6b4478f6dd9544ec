package kr.hhplus.commerce.limits;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import kr.hhplus.commerce.groupcommit.Admission;
import kr.hhplus.commerce.hints.RedisAccess;
import kr.hhplus.commerce.shared.intake.EarlyRefusals;
import kr.hhplus.commerce.shared.time.Loop;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Puts the limits into force: by address before anything is read, by caller once the caller is known. */
@Configuration(proxyBeanMethods = false)
@Conditional(LimitsWanted.class)
class LimitsConfiguration {

    /** Behind the filter that says who calls. */
    private static final int AFTER_IDENTITY = -50;

    private static final Duration CONNECT_PAUSE = Duration.ofSeconds(1);

    @Bean
    Buckets buckets(LimitSettings settings, ObjectProvider<RedisBuckets> shared, MeterRegistry registry) {
        return new Buckets(settings, shared.stream().findFirst(), registry);
    }

    @Bean
    FilterRegistrationBean<AddressLimitFilter> addressLimitFilter(
            Buckets buckets, LimitSettings settings, EarlyRefusals refusals) {
        Addresses addresses = new Addresses(settings.unlimited());
        FilterRegistrationBean<AddressLimitFilter> registration =
                new FilterRegistrationBean<>(new AddressLimitFilter(buckets, addresses, settings.address(), refusals));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return registration;
    }

    /** A request whose body came late passes as the container's asynchronous dispatch. */
    @Bean
    FilterRegistrationBean<UserLimitFilter> userLimitFilter(Buckets buckets, LimitSettings settings) {
        FilterRegistrationBean<UserLimitFilter> registration =
                new FilterRegistrationBean<>(new UserLimitFilter(buckets, settings.user()));
        registration.setOrder(AFTER_IDENTITY);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return registration;
    }

    @Bean
    @ConditionalOnProperty(name = "commerce.limits.one-in-flight", matchIfMissing = true)
    Admission oneInFlight() {
        return new OneInFlight();
    }

    @Bean
    @ConditionalOnProperty(name = "commerce.cache", havingValue = "redis")
    RedisBuckets redisBuckets(
            LettuceConnectionFactory connections, LimitSettings settings, Clock clock, MeterRegistry registry) {
        RedisAccess access = new RedisAccess("limits", settings.redisRest(), registry);
        return new RedisBuckets(connections, access, settings.redisWait(), clock);
    }

    @Bean
    @ConditionalOnProperty(name = "commerce.cache", havingValue = "redis")
    Loop limitsConnectionLoop(RedisBuckets buckets) {
        return new Loop("limits-connection", CONNECT_PAUSE, buckets::connect, () -> {});
    }
}
