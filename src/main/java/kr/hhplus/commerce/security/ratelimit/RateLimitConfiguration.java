package kr.hhplus.commerce.security.ratelimit;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import kr.hhplus.commerce.groupcommit.AdmissionPolicy;
import kr.hhplus.commerce.kernel.cache.RedisCircuit;
import kr.hhplus.commerce.kernel.time.BackgroundTask;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.server.FilterOrder;
import kr.hhplus.commerce.web.server.RequestRejecter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Limits of requests and, whether requests are limited or not, of sign-ins and sign-ups. */
@Configuration(proxyBeanMethods = false)
class RateLimitConfiguration {

    private static final Duration CONNECT_PAUSE = Duration.ofSeconds(1);

    /** By address before the body is read, by caller after authentication. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnRateLimitingCondition.class)
    static class OfRequests {

        @Bean
        RateLimiter rateLimiter(
                RateLimitProperties properties, ObjectProvider<RedisRateLimiter> shared, MeterRegistry registry) {
            return new RateLimiter(
                    "requests", properties.keysMax(), shared.stream().findFirst(), registry);
        }

        @Bean
        FilterRegistrationBean<AddressLimitFilter> addressLimitFilter(
                Endpoints endpoints, RateLimiter limiter, RateLimitProperties properties, RequestRejecter refusals) {
            ExemptAddresses addresses = new ExemptAddresses(properties.exemptAddresses());
            FilterRegistrationBean<AddressLimitFilter> registration =
                    new FilterRegistrationBean<>(new AddressLimitFilter(
                            new RateLimitGroupResolver(endpoints), limiter, addresses, properties.address(), refusals));
            registration.setOrder(FilterOrder.ADDRESS_LIMIT);
            return registration;
        }

        /**
         * A request whose body arrived late passes as an asynchronous dispatch, which reports itself as the first one:
         * the filter counts it. It skips the later dispatches of a request.
         */
        @Bean
        FilterRegistrationBean<UserLimitFilter> userLimitFilter(
                Endpoints endpoints, RateLimiter limiter, RateLimitProperties properties) {
            FilterRegistrationBean<UserLimitFilter> registration = new FilterRegistrationBean<>(
                    new UserLimitFilter(new RateLimitGroupResolver(endpoints), limiter, properties.user()));
            registration.setOrder(FilterOrder.USER_LIMIT);
            registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
            return registration;
        }

        @Bean
        @ConditionalOnProperty(name = "commerce.rate-limit.one-command-in-flight", matchIfMissing = true)
        AdmissionPolicy oneCommandInFlight() {
            return new OneCommandInFlight();
        }
    }

    /** Sign-ins and sign-ups are always limited. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAccounts
    static class OfAccounts {

        @Bean
        AccountLimits accountLimits(
                RateLimitProperties properties, ObjectProvider<RedisRateLimiter> shared, MeterRegistry registry) {
            RateLimitProperties.Accounts rates = properties.accounts();
            RateLimiter limiter = new RateLimiter(
                    "accounts", properties.keysMax(), shared.stream().findFirst(), registry);
            return new AccountLimits(limiter, rates, new ExemptAddresses(properties.exemptAddresses()));
        }
    }

    /** The buckets of both in Redis. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "commerce.cache", havingValue = "redis")
    @Conditional(AnyLimits.class)
    static class InRedis {

        @Bean
        RedisRateLimiter redisRateLimiter(
                LettuceConnectionFactory connections,
                RateLimitProperties properties,
                Clock clock,
                MeterRegistry registry) {
            RedisCircuit circuit = new RedisCircuit("ratelimit", properties.circuitOpenDuration(), registry);
            return new RedisRateLimiter(connections, circuit, properties.redisTimeout(), clock);
        }

        @Bean
        BackgroundTask rateLimitConnectionTask(RedisRateLimiter limiter) {
            return BackgroundTask.periodic("ratelimit-connection", CONNECT_PAUSE, limiter::connect);
        }
    }

    static final class AnyLimits extends AnyNestedCondition {

        AnyLimits() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @Conditional(OnRateLimitingCondition.class)
        static final class Requests {}

        @ConditionalOnAccounts
        static final class Accounts {}
    }
}
