package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CountingCallersTests {

    private static final Rate SLOW = Rate.valueOf("1/h burst 5");

    private static RateLimitProperties settings(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("commerce.rate-limit", RateLimitProperties.class);
    }

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private RateLimiter buckets(int keysMax) {
        RateLimitProperties settings = settings(Map.of("commerce.rate-limit.keys-max", "" + keysMax));
        return new RateLimiter("requests", keysMax, Optional.empty(), registry);
    }

    @Test
    void manyThreadsTakeNoMoreThanThereIs() {
        RateLimiter buckets = buckets(1_000);
        long taken = IntStream.range(0, 10_000)
                .parallel()
                .filter(i -> buckets.take("one", SLOW).allowed())
                .count();
        assertThat(taken).isEqualTo(5);
    }

    @Test
    void remembersABoundedNumber() {
        RateLimiter buckets = buckets(1_000);
        IntStream.range(0, 50_000).forEach(i -> buckets.take("address:" + i, SLOW));
        assertThat(registry.get("commerce.ratelimit.keys")
                        .tag("limits", "requests")
                        .gauge()
                        .value())
                .isBetween(1.0, 1_024.0);
    }

    @Test
    void tellsWhichLimitsRefused() {
        RateLimiter ofAccounts = new RateLimiter("accounts", 1_000, Optional.empty(), registry);
        RateLimiter ofRequests = buckets(1_000);
        IntStream.range(0, 7).forEach(i -> ofAccounts.take("one", SLOW));
        IntStream.range(0, 6).forEach(i -> ofRequests.take("one", SLOW));
        assertThat(refusals("accounts")).isEqualTo(2);
        assertThat(refusals("requests")).isEqualTo(1);
    }

    private double refusals(String limits) {
        return registry.get("commerce.ratelimit.refusals")
                .tag("limits", limits)
                .counter()
                .count();
    }

    @Test
    void defaultsLetAPersonTryAndACampusIn() {
        RateLimitProperties settings = settings(Map.of());
        assertThat(settings.user().issue()).isEqualTo(Rate.valueOf("2/s burst 10"));
        assertThat(settings.address().any().burst()).isEqualTo(10_000);
    }

    @Test
    void onlyLiteralsAreAddressesOfOnesOwn() {
        ExemptAddresses addresses = new ExemptAddresses(List.of("10.0.0.0/8", "2001:db8::/32"));
        assertThat(List.of("10.1.2.3", "2001:db8:7::1", "::ffff:10.0.0.1")).allMatch(addresses::isExempt);
        assertThat(List.of("11.0.0.1", "2001:db9::1", "localhost", "")).noneMatch(addresses::isExempt);
    }
}
