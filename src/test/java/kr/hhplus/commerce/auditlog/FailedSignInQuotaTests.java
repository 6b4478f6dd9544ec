package kr.hhplus.commerce.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedSignInQuotaTests {

    private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
    private static final Instant LAST = NOON.plus(Duration.ofHours(1)).minusMillis(1);
    private static final Instant NEXT_HOUR = NOON.plus(Duration.ofHours(1));

    private final FailedSignInQuota quota = new FailedSignInQuota(3);

    @Test
    void givesAnEntryToTheFirstFailuresOfEachHour() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(quota.take(LAST)).as("failure %d", i).isEqualTo(i < 3);
        }
        assertThat(quota.take(NEXT_HOUR)).isTrue();
    }

    @Test
    void tellsOnceHowManyGotNone() {
        for (int i = 0; i < 10; i++) {
            quota.take(NOON);
        }
        assertThat(quota.takeOmitted(LAST)).as("the hour is not over").isZero();
        assertThat(quota.takeOmitted(NEXT_HOUR)).isEqualTo(7);
        assertThat(quota.takeOmitted(NEXT_HOUR)).isZero();
    }
}
