package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;
import org.junit.jupiter.api.Test;

class OneInFlightTests {

    private final OneCommandInFlight one = new OneCommandInFlight();

    private record Command(long ownerId, IdempotencyKey idempotencyKey, Object concurrencyKey)
            implements IdempotentCommand {}

    private Runnable admit(String queue, long user, String key) {
        return admit(queue, user, key, user);
    }

    private Runnable admit(String queue, long user, String key, Object concurrencyKey) {
        IdempotencyKey idempotencyKey = IdempotencyKey.of(Caller.UNRESTRICTED, key, "request");
        return one.admit(queue, new Command(user, idempotencyKey, concurrencyKey));
    }

    @Test
    void refusesASecondUntilTheFirstIsAnswered() {
        Runnable leave = admit("order", 1, null);
        assertThat(admit("order", 1, null)).isNull();
        assertThat(admit("order", 1, "key")).isNull();
        assertThat(admit("order", 2, null)).isNotNull();
        assertThat(admit("coupon", 1, null)).isNotNull();
        leave.run();
        assertThat(admit("order", 1, null)).isNotNull();
    }

    @Test
    void letsRepetitionsOfOneKeyIn() {
        Runnable first = admit("order", 1, "key");
        Runnable second = admit("order", 1, "key");
        assertThat(second).isNotNull();
        assertThat(admit("order", 1, "other")).isNull();
        first.run();
        assertThat(admit("order", 1, "other")).isNull();
        second.run();
        assertThat(admit("order", 1, "other")).isNotNull();
    }

    @Test
    void admitsCommandsWithoutAConcurrencyKey() {
        assertThat(admit("charge", 1, null, null)).isNotNull();
        assertThat(admit("charge", 1, null, null)).isNotNull();
    }

    @Test
    void holdsUnderManyThreads() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        IntStream.range(0, 100_000).parallel().forEach(i -> {
            Runnable leave = admit("order", i % 3, null);
            if (leave != null && i % 3 == 0) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
            }
            if (leave != null) {
                leave.run();
            }
        });
        assertThat(most).hasValue(1);
        assertThat(admit("order", 0, null)).isNotNull();
    }
}
